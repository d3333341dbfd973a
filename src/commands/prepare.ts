import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { databasePlace } from '../config.ts';
import { buildConsole } from '../console/build.ts';
import type { Database } from '../database/database.ts';
import { DatabaseUnavailableError, problemOf } from '../database/errors.ts';
import { mirrorNames } from '../model/open-mirror.ts';
import type { Log } from '../observe/log.ts';
import { codeOf } from '../thrown.ts';
import { connectUpstreams } from './connect-upstreams.ts';
import { prepareDemo } from './demo.ts';
import { warnOfFewDescriptors } from './descriptor-limit.ts';
import { warnOfSettings } from './warn-of-settings.ts';

/** The pause, in ms, before each new try to migrate a database that could not be reached at the start. */
const MIGRATION_INTERVAL = 1_000;

/** The result of `prepare`. */
export interface Prepared {
  /** A token's key for `--demo`: see `prepareDemo`. */
  readonly token: string | null;
  /** The names of the workspaces that are kept in live accounts, as far as they are known. */
  readonly mirrors: readonly string[];
  /** Resolves when the database is up to date. */
  readonly migrated: Promise<void>;
}

/**
 * Runs once before a server starts, even when several processes serve. Brings the database up to date, creates the workspaces of live
 * accounts, and builds the console. For `--demo` it also fills an empty database. If the database server cannot be reached, the migration
 * is retried in the background, so that servers can be started in any order. Until it succeeds, requests are answered with 503.
 */
export async function prepare(config: Config, database: Database, log: Log, demo: boolean): Promise<Prepared> {
  warnOfSettings(process.env, config, log);
  warnOfFewDescriptors(config, log);
  let migrated = Promise.resolve();
  let mirrors: readonly string[] = [];
  try {
    await migrate(database, log);
    await connectUpstreams(config, database, log);
    mirrors = await mirrorNames(
      database.reader,
      config.upstreams.map(({ url }) => url),
    );
  } catch (error) {
    const reason = problemOf(error);
    // The demo needs the database at once, and a SQLite file that cannot be used does not become usable by itself.
    if (demo || config.database.engine === 'sqlite' || reason === null) throw error;
    log.error(
      { reason, code: codeOf((error as Error).cause), database: databasePlace(config.database) },
      'the database cannot be used yet; requests are answered with 503 until it can',
    );
    migrated = migrateLater(database, log);
  }
  await buildConsole();
  return { token: demo ? await prepareDemo(database) : null, mirrors, migrated };
}

async function migrate(database: Database, log: Log): Promise<void> {
  const migrations = await database.migrate();
  if (migrations.length) log.info({ migrations }, 'migrated the database');
}

async function migrateLater(database: Database, log: Log): Promise<void> {
  for (let said = ''; ;) {
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
