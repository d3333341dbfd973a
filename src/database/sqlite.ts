import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import { DatabaseError } from './database.ts';
import { migrate } from './migrations/migrate.ts';
import { CachingSqliteDialect } from './sqlite-dialect.ts';
import { Statements } from './statements.ts';
import type { Tables } from './tables.ts';

/** Hears what a database is asked, in SQL. */
export type OnStatement = (statement: string) => void;

/** How long, in ms, a writer waits for another process that is writing. */
const BUSY_TIMEOUT = 10_000;

/**
 * Opens a SQLite database in a file, which is made if there is none. It is opened twice: writes have a connection of
 * their own, so that a page never waits for a write. `onStatement` hears each statement as it is run, with its values
 * written in. Throws DatabaseError when the file cannot be used.
 */
export function openSqlite(file: string, onStatement?: OnStatement): Database {
  const writing = connect(file, onStatement);
  const reading = connect(file, onStatement);
  const writer = new Kysely<Tables>({ dialect: new CachingSqliteDialect(writing, 'exclusive') });
  const reader = new Kysely<Tables>({ dialect: new CachingSqliteDialect(reading, 'shared') });

  // It changes with every commit of another connection, and the one that reads makes none.
  const dataVersion = reading.prepare<[], number>('pragma data_version').pluck();

  return {
    reader,
    version: () => dataVersion.get() ?? 0,
    statements: new Statements(),
    write: (work) => writer.transaction().execute(work),
    isUniqueViolation: (error) =>
      error instanceof Sqlite.SqliteError &&
      (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY'),
    migrate: () =>
      migrate(writer, { identity: ['integer', (column) => column.primaryKey().autoIncrement()], key: 'text' }),
    ping: async () => void (await sql`select 1`.execute(reader)),
    async close() {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

function connect(file: string, onStatement?: OnStatement): Sqlite.Database {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const connection = new Sqlite(file, {
      timeout: BUSY_TIMEOUT,
      ...(onStatement && { verbose: (statement) => onStatement(String(statement)) }),
    });
    connection.pragma('journal_mode = WAL');
    // An answered write survives a power loss: in WAL mode only FULL syncs the log at every commit.
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('cache_size = -65536');
    connection.pragma('mmap_size = 268435456');
    return connection;
  } catch (error) {
    throw new DatabaseError(`The database file "${file}" cannot be opened: ${reason(error)}.`);
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_NOTADB') return 'it is not a SQLite database';
  return error.message;
}
