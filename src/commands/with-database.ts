import { existsSync } from 'node:fs';
import { readConfig } from '../config.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open.ts';
import { CommandError } from './command-error.ts';

/**
 * Opens the database that DATABASE_URL names, brings it up to date, runs `work` and closes it. Returns the result of
 * `work`.
 */
export async function withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = await openDatabase(readConfig(process.env).database);
  try {
    await database.migrate();
    return await work(database);
  } finally {
    await database.close();
  }
}

/**
 * As `withDatabase`, for commands that need what is in the database: a file that does not exist is not made. An empty one
 * would hide that DATABASE_URL has a mistake. Rejects with CommandError when there is none.
 */
export async function withExistingDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const { database } = readConfig(process.env);
  if (database.engine === 'sqlite' && !existsSync(database.file)) {
    throw new CommandError(`There is no database file "${database.file}". DATABASE_URL must name one that exists.`);
  }
  return withDatabase(work);
}
