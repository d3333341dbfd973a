import { readConfig } from '../config.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open.ts';

/**
 * Opens the database that DATABASE_URL names, brings it up to date, runs `work` and closes it. Returns the result of
 * `work`.
 */
export async function withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = openDatabase(readConfig(process.env).database);
  try {
    await database.migrate();
    return await work(database);
  } finally {
    await database.close();
  }
}
