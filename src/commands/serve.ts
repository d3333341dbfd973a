import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { readConfig } from '../config.ts';
import { buildConsole } from '../console/build.ts';
import type { Database } from '../database/database.ts';
import { DatabaseUnavailableError } from '../database/database.ts';
import { openDatabase } from '../database/open.ts';
import type { Log } from '../observe/log.ts';
import { createLog } from '../observe/log.ts';
import { startServer } from '../server.ts';
import { CommandError, systemCode } from './command-error.ts';
import { prepareDemo, welcome } from './demo.ts';
import { endWithin } from './end-within.ts';

/**
 * How long, in ms, the process may take to stop after DRAIN_DELAY. The server cuts off its requests earlier than that; this
 * bound is for an event loop that is blocked.
 */
const STOP_TIMEOUT = 15_000;

/** How often, in ms, a database is migrated that could not be reached at the start. */
const MIGRATION_INTERVAL = 1_000;

/** `campaigns serve`. Resolves when the server listens. The process then runs until a signal stops it. */
export async function serve({ demo = false }: { demo?: boolean }): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const database = openDatabase(config.database);
  const stopped = new AbortController();
  try {
    // The demo needs the database at once.
    if (demo || config.database.engine === 'sqlite') await migrate(database, log);
    else await migrateOrWait(database, log, stopped.signal);
    await buildConsole();
    const token = demo ? await prepareDemo(database) : null;
    const starting = startServer(config, database, log);
    // Signals are handled before the server listens, because a signal may arrive as soon as it does.
    stopOnSignal(async (signal) => {
      endWithin(config.drainDelay + STOP_TIMEOUT);
      log.info({ signal }, 'finishing open requests');
      stopped.abort();
      await (await starting).stop();
      await database.close();
      log.info('stopped');
    });
    const { port } = await starting;
    if (demo) console.log(welcome(port, token));
  } catch (error) {
    stopped.abort();
    await database.close();
    throw listenError(error, config);
  }
}

async function migrate(database: Database, log: Log): Promise<void> {
  const migrations = await database.migrate();
  if (migrations.length) log.info({ migrations }, 'migrated the database');
}

/**
 * Migrates the database. While its server cannot be reached, this goes on in the background: requests are answered with 503
 * until then, so that servers can be started in any order.
 */
async function migrateOrWait(database: Database, log: Log, stopped: AbortSignal): Promise<void> {
  try {
    await migrate(database, log);
  } catch (error) {
    if (!(error instanceof DatabaseUnavailableError)) throw error;
    log.error({ reason: error.reason }, 'the database cannot be used yet; requests are answered with 503 until it can');
    void migrateLater(database, log, stopped);
  }
}

async function migrateLater(database: Database, log: Log, stopped: AbortSignal): Promise<void> {
  let said = '';
  while (!stopped.aborted) {
    await wait(MIGRATION_INTERVAL, undefined, { ref: false });
    try {
      await migrate(database, log);
      return;
    } catch (error) {
      const { message } = error as Error;
      if (!(error instanceof DatabaseUnavailableError) && message !== said) log.error({ err: error }, 'not migrated');
      said = message;
    }
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
function listenError(error: unknown, { host, port, adminPort }: Config): unknown {
  const isAdmin = error instanceof Error && 'port' in error && error.port === adminPort && adminPort !== port;
  const [setting, refused] = isAdmin ? ['ADMIN_PORT', adminPort] : ['PORT', port];
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return new CommandError(
        `Port ${refused} is taken by another program. Stop it, or set ${setting} to another port.`,
      );
    case 'EACCES':
      return new CommandError(`Port ${refused} may not be used by this user. Set ${setting} to one from 1024 on.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new CommandError(
        `HOST is "${host}", which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0.`,
      );
    default:
      return error;
  }
}
