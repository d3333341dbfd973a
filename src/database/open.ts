import type { Database, ReadOnlyDatabase } from './database.ts';
import type { BackupProgress } from './sqlite/backup.ts';
import { backupSqlite } from './sqlite/backup.ts';
import { checkSqlite } from './sqlite/check.ts';
import { openSqliteReadOnly } from './sqlite/open-read-only.ts';
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
export function openReadOnly(address: DatabaseAddress): ReadOnlyDatabase {
  return openSqliteReadOnly(address.file);
}

/** Copies the database, which may be in use, to a file. Rejects with DatabaseError. */
export function backupDatabase(address: DatabaseAddress, target: string, progress: BackupProgress): Promise<void> {
  return backupSqlite(address.file, target, progress);
}

/** What is wrong with the database, one line for each problem. Rejects with DatabaseError when it cannot be read. */
export function checkDatabase(address: DatabaseAddress): Promise<string[]> {
  return checkSqlite(address.file);
}
