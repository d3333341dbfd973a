import { DatabaseUnavailableError } from '../errors.ts';
import { isBusy } from './busy.ts';
import type { SqliteConnection } from './connection.ts';

/**
 * The version of the data. It changes with every commit, also by other processes. Reading it takes SQLite several system calls, which
 * is a tenth of the time of a small request. It is therefore read once in a turn of the event loop. This is sound, because requests
 * that are read from their sockets in one turn had all arrived before the version was read.
 */
export class DataVersion {
  readonly #reader: SqliteConnection;
  /** The version in this turn. null: it has not been read. */
  #known: number | null = null;

  /** The reader must not commit, because SQLite does not change a connection's `data_version` after its own commits. */
  constructor(reader: SqliteConnection) {
    this.#reader = reader;
  }

  /** The version; NaN, which equals nothing, while it cannot be read. */
  current(): number {
    if (this.#known === null) {
      this.#known = this.#read();
      setImmediate(() => this.forget());
    }
    return this.#known;
  }

  /** The version at this moment, even when one was read earlier in this turn; NaN while it cannot be read. */
  now(): number {
    if (this.#known === null) return this.current();
    return (this.#known = this.#read());
  }

  /** To be called after a commit of this process. */
  forget(): void {
    this.#known = null;
  }

  #read(): number {
    return pragmaOf(this.#reader, 'data_version');
  }
}

/**
 * The version of users, memberships and tokens: see `Database.version`. Transactions that change them raise the file's `user_version`.
 * It is read again after each commit, also by other processes.
 */
export class AccessVersion {
  readonly #reader: SqliteConnection;
  readonly #data: DataVersion;
  #readUnder = Number.NaN;
  #known = Number.NaN;

  constructor(reader: SqliteConnection, data: DataVersion) {
    this.#reader = reader;
    this.#data = data;
  }

  /** The version; NaN, which equals nothing, while it cannot be read. */
  current(): number {
    const data = this.#data.current();
    if (data !== this.#readUnder) {
      this.#readUnder = data;
      this.#known = Number.isNaN(data) ? Number.NaN : pragmaOf(this.#reader, 'user_version');
    }
    return this.#known;
  }
}

/** Raises the version of users, memberships and tokens. It must be called within the transaction that changes them. */
export function raiseAccessVersion(writer: SqliteConnection): void {
  const [row] = writer.all<{ user_version: number }>('pragma user_version');
  // SQLite keeps a signed number of 32 bits.
  writer.run(`pragma user_version = ${((row?.user_version ?? 0) + 1) % 2 ** 31}`);
}

/**
 * The number that a pragma gives for the file. It is another one each time the connection is opened again, because the file may be
 * another one then. NaN while it cannot be read.
 */
function pragmaOf(reader: SqliteConnection, pragma: 'data_version' | 'user_version'): number {
  try {
    const [row] = reader.all<Record<string, number>>(`pragma ${pragma}`);
    // Both numbers have at most 32 bits.
    return reader.opened * 2 ** 32 + (row?.[pragma] ?? Number.NaN);
  } catch (error) {
    if (isBusy(error) || error instanceof DatabaseUnavailableError) return Number.NaN;
    throw error;
  }
}
