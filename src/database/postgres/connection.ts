import { recentlyUsed } from '../../memory/recently-used.ts';
import { MAX_STATEMENTS } from '../statements.ts';
import type { RowClient } from './row-client.ts';
import type { QueryText } from './row-query.ts';
import { RowQuery } from './row-query.ts';

/** A statement as it is sent to the server. */
export interface PostgresStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Whether the server is to keep it prepared, under a name of its own. */
  readonly kept?: boolean;
}

/** The result of a statement: its rows and, when it writes, how many rows it changed. */
export interface StatementResult {
  readonly rows: unknown[];
  readonly changed: number | null;
}

/** Runs statements: on one connection, or each on a connection of a pool. */
export interface StatementRunner {
  run(statement: PostgresStatement): Promise<StatementResult>;
  /** The rows of a long result in pieces. Only on a connection that is in a transaction. */
  stream?(sql: string, parameters: readonly unknown[]): AsyncIterable<unknown[]>;
}

/** How many rows of a long result are fetched at once. */
const FETCHED = 1_000;

/**
 * The names under which connections keep statements prepared: one for each SQL text, so that the server prepares it once for each
 * connection. When there are too many, the name that was used least recently is dropped. No name is given twice, because connections
 * still know its first statement.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();
  #given = 0;

  nameOf(sql: string): string {
    return recentlyUsed(this.#names, sql, MAX_STATEMENTS, () => `campaigns_${++this.#given}`);
  }
}

/** One connection. Its errors are those of node-postgres. */
export class PostgresConnection implements StatementRunner {
  readonly #client: RowClient;
  readonly #names: StatementNames | null;
  #ended = false;
  #hasWritten = false;
  /** Resolves when the transaction has begun. */
  #beginning: Promise<unknown> | null = null;

  /** `names` is null where statements cannot be kept prepared, because the next one may run on another connection. */
  constructor(client: RowClient, names: StatementNames | null) {
    this.#client = client;
    this.#names = names;
  }

  /** Whether a statement has altered rows. It stays true when they have been rolled back to a savepoint. */
  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  async run({ sql, parameters, kept = false }: PostgresStatement): Promise<StatementResult> {
    // After the end of the transaction, the server would run and commit the statement on its own, even after a rollback.
    if (this.#ended) throw new Error('a statement came after the end of its transaction');
    const name = kept ? this.#names?.nameOf(sql) : undefined;
    const result = await this.#query({ text: sql, values: [...parameters], ...(name !== undefined && { name }) });
    if (result.changed !== 0 && !isRead(sql)) this.#hasWritten = true;
    return result;
  }

  /**
   * Runs commands that have no values, such as those that begin a transaction, in one message: the server stops at the first
   * one that fails. Returns the rows of the last one.
   */
  async command(sql: string): Promise<unknown[]> {
    return (await this.#query({ text: sql })).rows;
  }

  /** Begins a transaction by these commands. Returns the rows of the last one. Reads can be sent while this is under way. */
  async begin(sql: string): Promise<unknown[]> {
    const begun = this.command(sql);
    this.#beginning = begun;
    const rows = await begun;
    this.#beginning = null;
    return rows;
  }

  /** Ends the transaction. Throws when the server has rolled it back instead, as it does after a statement that failed. */
  async commit(): Promise<void> {
    this.#ended = true;
    const { command } = await this.#query({ text: 'commit' });
    if (command !== 'COMMIT')
      throw new Error('the transaction was rolled back, because one of its statements had failed');
  }

  /** Rolls the transaction back. */
  async rollBack(): Promise<void> {
    this.#ended = true;
    // Roll back also when the transaction could not be begun, because some of its first commands may have run.
    this.#beginning = null;
    await this.#query({ text: 'rollback' });
  }

  /** The rows of a statement in pieces, however many there are. Only within a transaction, one after the other, and to the end. */
  async *stream(sql: string, parameters: readonly unknown[]): AsyncIterableIterator<unknown[]> {
    await this.run({ sql: `declare streamed no scroll cursor for ${sql}`, parameters });
    let fetched: number;
    do {
      const { rows } = await this.run({ sql: `fetch forward ${FETCHED} from streamed`, parameters: [] });
      fetched = rows.length;
      if (fetched > 0) yield rows;
    } while (fetched === FETCHED);
    await this.command('close streamed');
  }

  async #query(query: QueryText): Promise<StatementResult & { readonly command: string }> {
    // If the server refuses to begin, it runs the statement outside a transaction. A read does no harm then, so it need not wait.
    if (this.#beginning && !isRead(query.text)) await this.#beginning;
    const { answers } = this.#client;
    try {
      return await new Promise((resolve, reject) => {
        const sent = new RowQuery(this.#client, query, (error, result) => {
          answers.received();
          const failure = error ?? sent.unreadable;
          if (failure) reject(failure);
          else resolve({ rows: sent.received, changed: result.rowCount, command: result.command });
        });
        if (this.#client.pipeline) this.#client.sendTogether();
        answers.sent();
        this.#client.query(sent);
      });
    } catch (error) {
      // The error's stack is that of the socket's event, which does not show the caller.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  }
}

function isRead(sql: string): boolean {
  return /^\s*select\b/.test(sql);
}
