import { readConfig } from '../config.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open.ts';

/** Does something with the database that the settings name, brought up to date, and closes it. */
export async function withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = openDatabase(readConfig(process.env).database);
  try {
    await database.migrate();
    return await work(database);
  } finally {
    await database.close();
  }
}
