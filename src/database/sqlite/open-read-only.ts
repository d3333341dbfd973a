import Sqlite from 'better-sqlite3';
import type { DataAccess, Database, ReadOnlyDatabase } from '../database.ts';
import { DatabaseError } from '../errors.ts';
import { Statements } from '../statements.ts';
import { BUSY_TIMEOUT } from './busy.ts';
import { SqliteConnection } from './connection.ts';
import { kyselyOver } from './dialect.ts';
import { reasonOf } from './faults.ts';
import { find, REPLACED } from './file-watch.ts';
import { CACHE_KIB } from './open-connection.ts';
import { sessionOver } from './sqlite.ts';

/** The `write` of a database that is open for reads alone. */
export const refuseWrite: Database['write'] = async () => {
  throw new Error('the database is open for reads alone');
};

/**
 * Opens an existing SQLite file for reads alone. Throws DatabaseError when the file cannot be used.
 * @param inode The inode number of the file. A file that has taken its place is not opened, not even later.
 */
export function openSqliteReadOnly(file: string, inode: number | undefined): ReadOnlyDatabase {
  let faulty = false;
  let opened = filesOf(file);
  const connection = new SqliteConnection(
    () => open(file, inode),
    () => (faulty = true),
  );
  const reader = sessionOver(connection, new Statements(kyselyOver(connection)));
  const access: DataAccess = { reader, write: refuseWrite };
  return {
    forRequest: () => access,
    refresh() {
      const found = filesOf(file);
      if (!faulty && !hasNewLog(found, opened)) return;
      // The old connection is closed first, because the connections of a process share the index of the log.
      connection.close();
      try {
        connection.reopen();
        opened = found;
        faulty = false;
      } catch {
        // Reads of a closed connection reject with DatabaseUnavailableError. The next call tries again.
        faulty = true;
      }
    },
  };
}

/** The inode numbers of the database, its log and the log's index; undefined for a file that is not there or cannot be reached. */
type Files = readonly (number | undefined)[];

function filesOf(file: string): Files {
  return [file, `${file}-wal`, `${file}-shm`].map((path) => find(path)?.ino);
}

/**
 * Whether the same database now has another log. New commits are then not in the old one. Returns false while a file is missing: the
 * server that writes creates a missing log.
 */
function hasNewLog([database, ...log]: Files, [openedDatabase, ...openedLog]: Files): boolean {
  if (database === undefined || database !== openedDatabase || log.includes(undefined)) return false;
  return log.some((number, place) => number !== openedLog[place]);
}

function open(file: string, inode: number | undefined): Sqlite.Database {
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(file, { readonly: true, timeout: BUSY_TIMEOUT });
    // Looked at after the file was opened, so that it is the file that was opened.
    if (find(file)?.ino !== inode) throw new Error(REPLACED);
    connection.pragma(`cache_size = -${CACHE_KIB}`);
    // As in open-connection.ts: a fault of the disk must be an error and not a signal.
    connection.pragma('mmap_size = 0');
    connection.pragma('busy_timeout = 0');
    // This pragma reads a page, so that a file that is no database is refused here.
    connection.pragma('schema_version');
    return connection;
  } catch (error) {
    connection?.close();
    throw new DatabaseError(`The database file "${file}" cannot be read: ${reasonOf(error)}.`);
  }
}
