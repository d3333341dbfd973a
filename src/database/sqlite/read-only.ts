import Sqlite from 'better-sqlite3';
import type { DataAccess } from '../database.ts';
import { DatabaseError } from '../database.ts';
import { Statements } from '../statements.ts';
import { BUSY_TIMEOUT } from './busy.ts';
import { SqliteConnection } from './connection.ts';
import { kyselyOver, reason, sessionOver } from './sqlite.ts';

/** Opens an existing SQLite file for reads alone. Throws DatabaseError when the file cannot be used. */
export function openSqliteReadOnly(file: string): DataAccess {
  const connection = new SqliteConnection(open(file));
  return {
    reader: sessionOver(connection, new Statements(kyselyOver(connection))),
    write: async () => {
      throw new Error('the database is open for reads alone');
    },
  };
}

function open(file: string): Sqlite.Database {
  try {
    const connection = new Sqlite(file, { readonly: true, timeout: BUSY_TIMEOUT });
    // A quarter of what the connection of the server keeps, because there are up to four of these.
    connection.pragma('cache_size = -16384');
    connection.pragma('mmap_size = 268435456');
    connection.pragma('busy_timeout = 0');
    // It reads a page, so that a file that is no database is refused here.
    connection.pragma('schema_version');
    return connection;
  } catch (error) {
    throw new DatabaseError(`The database file "${file}" cannot be read: ${reason(error)}.`);
  }
}
