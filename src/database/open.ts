import { existsSync } from 'node:fs';
import type { Database, ReadableDatabase, ReadOnlyDatabase } from './database.ts';
import { DatabaseError } from './errors.ts';
import { checkMigrated, NoTablesError } from './migrations/migrate.ts';
import type { BackupProgress } from './sqlite/backup.ts';
import type { PostgresAddress } from './postgres/address.ts';
import type { Replica, ReplicaListener } from './replica/replica.ts';
import { backupSqlite } from './sqlite/backup.ts';
import { checkSqlite } from './sqlite/check.ts';
import { find } from './sqlite/file-watch.ts';
import { openSqliteReadOnly } from './sqlite/open-read-only.ts';
import { readSqlite } from './sqlite/read-sqlite.ts';
import { checkSameFile, checkSqliteFile, openSqlite } from './sqlite/sqlite.ts';

/** A database in a file of this machine. */
export interface SqliteAddress {
  readonly engine: 'sqlite';
  readonly file: string;
}

/** The engine and place of a database, parsed from `DATABASE_URL`. */
export type DatabaseAddress = SqliteAddress | PostgresAddress;

/** The replica that requests read from. */
export interface ReplicaSettings {
  readonly address: PostgresAddress;
  /** How far, in ms, it may be behind before it is left out. */
  readonly maxLag: number;
}

// The PostgreSQL modules are imported only when they are used, because they take memory and time at a start.

/** Opens the engine that the address names. Rejects with DatabaseError when it cannot be used. */
export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  if (address.engine === 'sqlite') return openSqlite(address.file);
  const { openPostgres } = await import('./postgres/postgres.ts');
  return openPostgres(address);
}

/**
 * Opens the database that another process of the same server has open: its file must still have that inode number, and none is
 * created. Rejects with DatabaseError when it cannot be used.
 */
export async function openSameDatabase(address: DatabaseAddress, inode: number | undefined): Promise<Database> {
  if (address.engine === 'sqlite') checkSameFile(address.file, inode);
  return openDatabase(address);
}

/** Opens a replica of a PostgreSQL database. `listener` hears when it is left out, and when it is read from again. */
export async function openReplica(
  database: DatabaseAddress,
  { address, maxLag }: ReplicaSettings,
  listener: ReplicaListener,
): Promise<Replica> {
  if (database.engine !== 'postgres') throw new Error('only PostgreSQL has replicas');
  const { openPostgresReplica } = await import('./postgres/replica.ts');
  return openPostgresReplica(database, address, maxLag, listener);
}

/** The inode number of the database file; undefined when there is none, and for a database server. */
export function inodeOf(address: DatabaseAddress): number | undefined {
  return address.engine === 'sqlite' ? find(address.file)?.ino : undefined;
}

/**
 * Opens an existing database for reads alone: `write` rejects. Each read sees all commits before it, of any connection.
 * Throws DatabaseError when it cannot be used.
 * @param inode That of the file when another process opened it. A file that has taken its place since is not opened.
 */
export function openReadOnly(address: SqliteAddress, inode = inodeOf(address)): ReadOnlyDatabase {
  return openSqliteReadOnly(address.file, inode);
}

/**
 * Runs `work` over an existing database and changes nothing. Nothing is migrated, because that would end the writes of a server of
 * an earlier release. Rejects with DatabaseError when the database cannot be used, and when its tables are not those of this release.
 */
export async function readDatabase<Result>(
  address: DatabaseAddress,
  work: (database: ReadableDatabase) => Promise<Result>,
): Promise<Result> {
  const checked = async (database: ReadableDatabase) => {
    checkMigrated(await database.migrations());
    return work(database);
  };
  if (address.engine === 'sqlite') return readSqlite(address.file, checked);
  const database = await openDatabase(address);
  try {
    return await checked(database);
  } finally {
    await database.close();
  }
}

/**
 * Checks a database that will be filled later, and changes nothing: a missing file is not created. Runs `check` over the data when
 * the database has tables. Rejects with DatabaseError when the database cannot be used, and when its tables are not those of this
 * release.
 */
export async function checkBeforeFilling(
  address: DatabaseAddress,
  check: (database: ReadableDatabase) => Promise<void>,
): Promise<void> {
  if (address.engine === 'sqlite') {
    checkSqliteFile(address.file);
    if (!existsSync(address.file)) return;
  }
  try {
    await readDatabase(address, check);
  } catch (error) {
    if (!(error instanceof NoTablesError)) throw error;
  }
}

/**
 * Makes the tables in a database that has none yet. Rejects with DatabaseError when it has tables of another release: see
 * `readDatabase`. `existing` is that of MigrateOptions.
 */
export async function makeTables(database: Database, existing: boolean): Promise<void> {
  const executed = await database.migrations();
  if (executed.length > 0) checkMigrated(executed);
  // Up-to-date tables may still need what `migrate` does besides, such as the epoch of a restored backup.
  await database.migrate({ existing });
}

/** Copies the database, which may be in use, to a file. Rejects with DatabaseError. */
export async function backupDatabase(
  address: DatabaseAddress,
  target: string,
  progress: BackupProgress,
): Promise<void> {
  if (address.engine !== 'sqlite') {
    throw new DatabaseError(
      'This copies SQLite files alone. Use pg_dump for a PostgreSQL database, or "campaigns dump FILE".',
    );
  }
  return backupSqlite(address.file, target, progress);
}

/** What is wrong with the database, one line for each problem. Rejects with DatabaseError when it cannot be read. */
export async function checkDatabase(address: DatabaseAddress): Promise<string[]> {
  if (address.engine === 'sqlite') return checkSqlite(address.file);
  const { checkPostgres } = await import('./postgres/check.ts');
  return checkPostgres(address);
}
