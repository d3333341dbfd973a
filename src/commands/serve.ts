import { readConfig } from '../config.ts';
import { buildConsole } from '../console/build.ts';
import { openDatabase } from '../database/open.ts';
import { createLog } from '../observe/log.ts';
import { startServer } from '../server.ts';
import { CommandError, systemCode } from './command-error.ts';
import { prepareDemo, welcome } from './demo.ts';

/** `campaigns serve`. It resolves once the server listens, and the process ends when it has been stopped by a signal. */
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
    // Before it listens: who sees that it does may send a signal at once.
    stopOnSignal(async (signal) => {
      log.info({ signal }, 'finishing what is under way');
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

/** The first signal ends the process in good order and with exit code 0; a second one at once. */
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
