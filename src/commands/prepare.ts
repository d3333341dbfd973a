import { setTimeout as wait } from 'node:timers/promises';
import { buildConsole } from '../console/build.ts';
import type { Database } from '../database/database.ts';
import { DatabaseUnavailableError } from '../database/database.ts';
import type { Log } from '../observe/log.ts';
import { prepareDemo } from './demo.ts';

/** How often, in ms, a database is migrated that could not be reached at the start. */
const MIGRATION_INTERVAL = 1_000;

/**
 * Does what is done once before a server starts, however many processes serve: brings the database up to date, and builds the
 * console. For `--demo` it also fills an empty database, and returns a token's key: see `prepareDemo`.
 * @param stopped When given, a database server that cannot be reached yet is migrated in the background until this aborts.
 *   Requests are answered with 503 until then, so that servers can be started in any order. The demo needs it at once.
 */
export async function prepare(
  database: Database,
  log: Log,
  demo: boolean,
  stopped?: AbortSignal,
): Promise<string | null> {
  if (stopped && !demo) await migrateOrWait(database, log, stopped);
  else await migrate(database, log);
  await buildConsole();
  return demo ? prepareDemo(database) : null;
}

async function migrate(database: Database, log: Log): Promise<void> {
  const migrations = await database.migrate();
  if (migrations.length) log.info({ migrations }, 'migrated the database');
}

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
