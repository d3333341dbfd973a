import type { Database, ReadOnlyDatabase } from './database.ts';
import { openSqliteReadOnly } from './sqlite/read-only.ts';
import { openSqlite } from './sqlite/sqlite.ts';

/** The engine and place of a database, parsed from `DATABASE_URL`. */
export interface DatabaseAddress {
  readonly engine: 'sqlite';
  readonly file: string;
}

/** Opens the engine that the address names. Throws DatabaseError when it cannot be used. */
export function openDatabase(address: DatabaseAddress): Database {
  return openSqlite(address.file);
}

/** Opens an existing database for reads alone. Throws DatabaseError when it cannot be used. */
export function openReadOnly(address: DatabaseAddress): ReadOnlyDatabase {
  return openSqliteReadOnly(address.file);
}
