import type { Database as SqliteDatabase, Statement } from 'better-sqlite3';

/** How many prepared statements a connection keeps. Most of them are lists with a varying number of UUIDs. */
export const MAX_PREPARED = 256;

/** What a statement gave: rows, or how many rows it changed and the id of the last one that it inserted. */
interface StatementResult<Row> {
  readonly rows: Row[];
  readonly changes?: number;
  readonly insertId?: number | bigint;
}

/**
 * One better-sqlite3 connection whose statements stay prepared, because preparing one costs more than running it. Only the
 * methods that are used of better-sqlite3 are named here.
 */
export class SqliteConnection {
  readonly #sqlite: Pick<SqliteDatabase, 'prepare' | 'close' | 'inTransaction'>;
  readonly #statements = new Map<string, Statement<unknown[]>>();

  constructor(sqlite: Pick<SqliteDatabase, 'prepare' | 'close' | 'inTransaction'>) {
    this.#sqlite = sqlite;
  }

  /** How many statements are kept prepared at present. */
  get prepared(): number {
    return this.#statements.size;
  }

  get inTransaction(): boolean {
    return this.#sqlite.inTransaction;
  }

  /** Runs a statement that returns rows. Values are bound in order. */
  all<Row>(sql: string, parameters: readonly unknown[]): Row[] {
    return this.#prepare(sql).all(parameters) as Row[];
  }

  /** Runs a statement of any kind. */
  run<Row>(sql: string, parameters: readonly unknown[] = []): StatementResult<Row> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { rows: [], changes, insertId: lastInsertRowid };
  }

  /** The rows of a statement one after the other, however many there are. */
  *iterate<Row>(sql: string, parameters: readonly unknown[]): IterableIterator<Row> {
    // Not a kept statement: one cannot be run again while it is being iterated over.
    yield* this.#sqlite.prepare<unknown[]>(sql).iterate(parameters) as IterableIterator<Row>;
  }

  close(): void {
    this.#sqlite.close();
  }

  /** The least recently used statement makes room. */
  #prepare(sql: string): Statement<unknown[]> {
    let statement = this.#statements.get(sql);
    if (statement) this.#statements.delete(sql);
    else {
      statement = this.#sqlite.prepare<unknown[]>(sql);
      const [oldest] = this.#statements.keys();
      if (this.#statements.size >= MAX_PREPARED && oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}
