import Sqlite from 'better-sqlite3';

/**
 * The size of a connection's page cache, in KiB. The operating system caches the file's pages as well: with four times as much,
 * queries over 100,000 campaigns are no faster, and the memory of the process grows with its database.
 */
export const CACHE_KIB = 16_384;

/**
 * From this size on, in bytes, the log (-wal) is large. SQLite empties it at about 4 MB, unless somebody reads an old state of the
 * database for long, for example a dump. It then keeps growing until the reader has gone.
 */
export const LARGE_LOG = 16 * 1024 * 1024;

/** Is called with the SQL of each statement that runs. */
export type OnStatement = (statement: string) => void;

export interface OpenOptions {
  readonly onStatement?: OnStatement | undefined;
  /** Whether the file may be made when there is none. */
  readonly create?: boolean;
  /** How long, in ms, opening may block this process while another one holds the database. */
  readonly wait?: number;
}

/** Opens a connection that reads and writes. Throws SqliteError. */
export function openConnection(
  file: string,
  { onStatement, create = false, wait = 0 }: OpenOptions = {},
): Sqlite.Database {
  const connection = new Sqlite(file, {
    timeout: wait,
    fileMustExist: !create,
    ...(onStatement && { verbose: (statement) => onStatement(String(statement)) }),
  });
  try {
    connection.pragma('journal_mode = WAL');
    // An answered write survives a power loss: in WAL mode only FULL syncs the log at every commit.
    connection.pragma('synchronous = FULL');
    // A log that was large gives its space back when it begins anew. Otherwise the file stays as large as it has ever been.
    connection.pragma(`journal_size_limit = ${LARGE_LOG}`);
    connection.pragma('foreign_keys = ON');
    connection.pragma(`cache_size = -${CACHE_KIB}`);
    // The file is not mapped into memory, because a disk fault or a truncated file would then kill the process with a signal.
    // A normal read gets an error instead, so that the request can be answered.
    connection.pragma('mmap_size = 0');
    // SQLite itself must not wait from here on, because it would stop the event loop: see busy.ts.
    connection.pragma('busy_timeout = 0');
    // SQLite opens the log with the first read.
    connection.prepare('select count(*) from sqlite_schema').get();
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Opens a connection that keeps nothing in memory: each read comes from the file. Throws SqliteError. */
export function openUncached(file: string): Sqlite.Database {
  const connection = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 0 });
  connection.pragma('cache_size = 0');
  return connection;
}
