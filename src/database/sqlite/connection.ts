import type { Database as SqliteDatabase, Statement } from 'better-sqlite3';
import { recentlyUsed } from '../../memory/recently-used.ts';
import { DatabaseUnavailableError } from '../errors.ts';
import { faultOf } from './faults.ts';

/** How many prepared statements a connection keeps. Most of them are lists with a varying number of UUIDs. */
export const MAX_PREPARED = 256;

/** The members of better-sqlite3's connection that are used. */
export type SqliteHandle = Pick<SqliteDatabase, 'prepare' | 'close' | 'inTransaction' | 'open'>;

/** Where SQLite keeps temporary data: what it needs to undo a savepoint, and what it sorts. With `file` the first 64 KiB stay in memory. */
export type TemporaryStore = 'memory' | 'file';

/** The result of a statement: its rows, or how many rows it changed and the id of the last row that it inserted. */
interface StatementResult<Row> {
  readonly rows: Row[];
  readonly changes?: number;
  readonly insertId?: number | bigint;
}

/**
 * One connection whose statements stay prepared, because preparing one costs more than running it. Every method throws
 * DatabaseUnavailableError when the disk or the file fails, and calls `onFault` with the reason.
 */
export class SqliteConnection {
  readonly #openHandle: () => SqliteHandle;
  readonly #onFault: (reason: string) => void;
  readonly #statements = new Map<string, Statement<unknown[]>>();
  #sqlite: SqliteHandle;
  #opened = 1;
  #temporary: TemporaryStore = 'file';

  /** Opens the connection. Throws what `open` throws. */
  constructor(open: () => SqliteHandle, onFault: (reason: string) => void = () => {}) {
    this.#openHandle = open;
    this.#onFault = onFault;
    this.#sqlite = open();
  }

  /** How many statements are kept prepared at present. */
  get prepared(): number {
    return this.#statements.size;
  }

  get inTransaction(): boolean {
    return this.#sqlite.inTransaction;
  }

  get open(): boolean {
    return this.#sqlite.open;
  }

  /** How often it has been opened. */
  get opened(): number {
    return this.#opened;
  }

  /** Runs a statement that returns rows. Values are bound in order. */
  all<Row>(sql: string, parameters: readonly unknown[] = []): Row[] {
    try {
      return this.#prepare(sql).all(parameters) as Row[];
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** Runs a statement of any kind. */
  run<Row>(sql: string, parameters: readonly unknown[] = []): StatementResult<Row> {
    try {
      const statement = this.#prepare(sql);
      if (statement.reader) return { rows: statement.all(parameters) as Row[] };
      const { changes, lastInsertRowid } = statement.run(parameters);
      return { rows: [], changes, insertId: lastInsertRowid };
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** Chooses where temporary data is kept from now on; it is `file` when the connection opens. Not within a transaction. */
  keepTemporary(store: TemporaryStore): void {
    if (store === this.#temporary) return;
    // `run` keeps the statement. SQLite carries out a pragma when it prepares it, and prepares it anew each time it is run.
    this.run(`pragma temp_store = ${store}`);
    this.#temporary = store;
  }

  /** The rows of a statement one after the other, however many there are. */
  *iterate<Row>(sql: string, parameters: readonly unknown[]): IterableIterator<Row> {
    try {
      // This is not a kept statement, because a statement cannot run again while it is being iterated over.
      yield* this.#sqlite.prepare<unknown[]>(sql).iterate(parameters) as IterableIterator<Row>;
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** Opens the file again, because SQLite does not recover from every fault on the same descriptors. */
  reopen(): void {
    // The old connection stays when no new one can be opened, because it may still be able to read.
    const fresh = this.#openHandle();
    this.close();
    this.#sqlite = fresh;
    this.#temporary = 'file';
    this.#opened += 1;
  }

  close(): void {
    this.#statements.clear();
    this.#sqlite.close();
  }

  /** Returns the kept statement for the SQL, or prepares one. */
  #prepare(sql: string): Statement<unknown[]> {
    return recentlyUsed(this.#statements, sql, MAX_PREPARED, () => this.#sqlite.prepare<unknown[]>(sql));
  }

  #explained(error: unknown): unknown {
    const fault = this.#sqlite.open ? faultOf(error) : 'the file is being opened again';
    if (fault === null) return error;
    this.#onFault(fault);
    return new DatabaseUnavailableError(fault);
  }
}
