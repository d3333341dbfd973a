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
    try {
      const [row] = this.#reader.all<{ data_version: number }>('pragma data_version');
      // SQLite counts to 2^32, and starts again when the connection is reopened.
      return row ? this.#reader.opened * 2 ** 32 + row.data_version : Number.NaN;
    } catch (error) {
      if (isBusy(error) || error instanceof DatabaseUnavailableError) return Number.NaN;
      throw error;
    }
  }
}
