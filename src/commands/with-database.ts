import type { Stats } from 'node:fs';
import { statSync } from 'node:fs';
import { readConfig } from '../config.ts';
import type { Database, MigrateOptions, ReadableDatabase } from '../database/database.ts';
import type { DatabaseAddress } from '../database/open.ts';
import { makeTables, openDatabase, readDatabase } from '../database/open.ts';
import { CommandError } from './command-error.ts';
import { fileError } from './file-error.ts';

/**
 * Opens the database that DATABASE_URL names, makes its tables when it has none, runs `work` and closes it. Returns the result of
 * `work`. Rejects with DatabaseError when the database has yet to be migrated: `migrate` and `serve` alone do this, because it ends
 * the writes of a server of an earlier release.
 */
export async function withDatabase<Result>(
  work: (database: Database) => Promise<Result>,
  { existing = false }: MigrateOptions = {},
): Promise<Result> {
  const database = await openDatabase(readConfig(process.env).database);
  try {
    await makeTables(database, existing);
    return await work(database);
  } finally {
    await database.close();
  }
}

/**
 * Like `withDatabase`, for commands that need existing data. Neither a missing database file nor missing tables are created, because
 * an empty database would hide a mistake in DATABASE_URL. Rejects with CommandError or NoTablesError when they are missing.
 */
export async function withExistingDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  mustExist(readConfig(process.env).database);
  return withDatabase(work, { existing: true });
}

/** Like `withExistingDatabase`, for commands that only read. Nothing in the database changes. */
export async function readExistingDatabase<Result>(
  work: (database: ReadableDatabase) => Promise<Result>,
): Promise<Result> {
  const address = readConfig(process.env).database;
  mustExist(address);
  return readDatabase(address, work);
}

/** Throws a CommandError when there is no database file, or when it is a folder. A database server reports such errors itself. */
export function mustExist(database: DatabaseAddress, setting = 'DATABASE_URL'): void {
  if (database.engine !== 'sqlite') return;
  let found: Stats | undefined;
  try {
    found = statSync(database.file, { throwIfNoEntry: false });
  } catch (error) {
    throw fileError(error, database.file);
  }
  if (!found)
    throw new CommandError(`There is no database file "${database.file}". ${setting} must name one that exists.`);
  if (found.isDirectory()) throw new CommandError(`"${database.file}" is a folder. ${setting} must name a file.`);
}
