import { buildConsole } from '../console/build.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../observe/log.ts';
import { prepareDemo } from './demo.ts';

/**
 * Does what is done once before a server starts, however many processes serve: brings the database up to date, and builds the
 * console. For `--demo` it also fills an empty database, and returns a token's key: see `prepareDemo`.
 */
export async function prepare(database: Database, log: Log, demo: boolean): Promise<string | null> {
  const migrations = await database.migrate();
  if (migrations.length) log.info({ migrations }, 'migrated the database');
  await buildConsole();
  return demo ? prepareDemo(database) : null;
}
