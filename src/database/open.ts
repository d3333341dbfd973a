import type { Database, DataAccess } from './database.ts';
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

/**
 * Opens an existing database for reads alone: `write` rejects. Each read sees all commits before it, of any connection.
 * Throws DatabaseError when it cannot be used.
 */
export function openReadOnly(address: DatabaseAddress): DataAccess {
  return openSqliteReadOnly(address.file);
}
