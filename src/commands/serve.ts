import { readConfig } from '../config.ts';
import { buildConsole } from '../console/build.ts';
import { openDatabase } from '../database/open.ts';
import { createLog } from '../observe/log.ts';
import { startServer } from '../server.ts';
import { CommandError, systemCode } from './command-error.ts';
import { prepareDemo, welcome } from './demo.ts';

/** `campaigns serve`. Resolves when the server listens. The process then runs until a signal stops it. */
export async function serve({ demo = false }: { demo?: boolean }): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const database = openDatabase(config.database);
  try {
    const migrations = await database.migrate();
    if (migrations.length) log.info({ migrations }, 'migrated the database');
    await buildConsole();
    const token = demo ? await prepareDemo(database) : null;
    const starting = startServer(config, database, log);
    // Signals are handled before the server listens, because a signal may arrive as soon as it does.
    stopOnSignal(async (signal) => {
      log.info({ signal }, 'finishing open requests');
      await (await starting).stop();
      await database.close();
      log.info('stopped');
    });
    const { port } = await starting;
    if (demo) console.log(welcome(port, token));
  } catch (error) {
    await database.close();
    throw listenError(error, config.host, config.port);
  }
}

/** The first signal runs `stopInOrder` and ends the process with exit code 0. A second signal ends it at once, with 1. */
function stopOnSignal(stopInOrder: (signal: string) => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      stopInOrder(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

/** A CommandError for an address that the server cannot listen on; any other error as it is. */
function listenError(error: unknown, host: string, port: number): unknown {
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return new CommandError(`Port ${port} is taken by another program. Stop it, or set PORT to another port.`);
    case 'EACCES':
      return new CommandError(`Port ${port} may not be used by this user. Set PORT to one from 1024 on.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new CommandError(
        `HOST is "${host}", which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0.`,
      );
    default:
      return error;
  }
}
