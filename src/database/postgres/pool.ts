import { connect } from 'node:net';
import pg from 'pg';
import { untilAborted } from '../../waiting/until-aborted.ts';
import { allDone } from '../all-done.ts';
import { MAX_STATEMENTS } from '../statements.ts';
import { AnswerWatch } from './answer-watch.ts';
import type { PostgresStatement, StatementNames, StatementResult, StatementRunner } from './connection.ts';
import { PostgresConnection } from './connection.ts';
import {
  CommitLost,
  connectionError,
  faultOf,
  isCrowded,
  isFull,
  isLost,
  isReadOnly,
  isUnanswered,
  Unanswered,
} from './faults.ts';
import { RowClient } from './row-client.ts';
import type { StatementLimits } from './settings.ts';
import { CONNECT_TIMEOUT } from './settings.ts';

type PoolClient = pg.PoolClient & RowClient;

/** How long, in ms, no further connection is asked for after the server has refused one because it has no more. */
const FULL_FOR = 1_000;

/** How long, in ms, what runs may still take when the pool is closed. */
const CLOSE_TIMEOUT = 1_000;

export interface TransactionOptions {
  /** Whether its statements may take any time. false by default. */
  readonly long?: boolean;
  /** Sends the last statements, all at once. The commit is sent after them without waiting for their answers. */
  readonly last?: () => Promise<unknown>;
  /** Called with the number of seconds that the last statements and the commit took. */
  readonly onCommit?: (seconds: number) => void;
}

/**
 * Connections to one server, opened when they are needed. A fault also closes the connection on which it occurs, so that the next
 * attempt has a new one, which may lead to another server. Throws the errors of node-postgres, and CommitLost.
 */
export class ConnectionPool implements StatementRunner {
  readonly limits: StatementLimits;
  readonly #settings: pg.ClientConfig;
  readonly #size: number;
  readonly #names: StatementNames | null;
  readonly #onFault: (reason: string) => void;
  readonly #watch = new AnswerWatch(giveUp);
  #pool: pg.Pool;
  /** Lets the pool open as many connections as before. */
  #whenNotFull: NodeJS.Timeout | undefined;

  /** `onFault` hears of each fault of the server or the connection, in words for anyone. */
  constructor(
    settings: pg.ClientConfig,
    size: number,
    names: StatementNames | null,
    limits: StatementLimits,
    onFault: (reason: string) => void,
  ) {
    this.#settings = settings;
    this.#size = size;
    this.#names = names;
    this.limits = limits;
    this.#onFault = onFault;
    this.#pool = this.#open();
  }

  /**
   * Runs a statement that reads, on any connection. When the connection turns out to be broken, the statement runs once more on
   * another one. When the signal aborts, the server is told to end the statement, and the promise rejects with the signal's reason.
   * Without a signal it has the shorter limit for reads.
   */
  async run(statement: PostgresStatement, signal?: AbortSignal): Promise<StatementResult> {
    try {
      return await this.#runOnce(statement, signal);
    } catch (error) {
      if (!isLost(error) || isUnanswered(error) || signal?.aborted) throw error;
      return this.#runOnce(statement, signal);
    }
  }

  /**
   * Runs `work` in a transaction that the commands of `begin` begin, and commits it. `work` gets the rows of the last command, and
   * need not wait for them before it reads. When `work` throws, the transaction is rolled back.
   */
  async transaction<Result>(
    begin: string,
    work: (connection: PostgresConnection, begun: Promise<unknown[]>) => Promise<Result>,
    { long = false, last = async () => {}, onCommit = () => {} }: TransactionOptions = {},
  ): Promise<Result> {
    const client = await this.#connect(long ? Number.POSITIVE_INFINITY : this.limits.answer);
    const connection = new PostgresConnection(client, this.#names);
    try {
      const begun = connection.begin(begin);
      // `begun` is first in the list, because the work's error is only a consequence when the transaction could not be begun.
      const [, result] = await allDone(begun, work(connection, begun));
      const started = performance.now();
      await commit(connection, last);
      onCommit((performance.now() - started) / 1000);
      giveBack(client);
      return result;
    } catch (error) {
      await this.#rollBack(client, connection, error);
      throw error;
    }
  }

  /** Closes the connections when their statements and transactions have ended, or after CLOSE_TIMEOUT. */
  async close(): Promise<void> {
    const timer = setTimeout(() => this.#watch.endAll(), CLOSE_TIMEOUT);
    await this.#pool.end();
    clearTimeout(timer);
    this.#watch.stop();
  }

  async #runOnce(statement: PostgresStatement, signal: AbortSignal | undefined): Promise<StatementResult> {
    const client = await this.#connectUntil(signal);
    let ended = false;
    const end = () => {
      ended = true;
      cancel(client);
      // The connection is not used again, because the cancel request may arrive when another statement runs on it.
      client.release(true);
    };
    signal?.addEventListener('abort', end, { once: true });
    try {
      const result = await new PostgresConnection(client, this.#names).run(statement);
      if (!ended) giveBack(client);
      return result;
    } catch (error) {
      if (ended) throw signal?.reason;
      this.#releaseAfter(client, error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', end);
    }
  }

  /** A connection. Rejects when the signal aborts; a connection that comes later goes back into the pool. */
  async #connectUntil(signal: AbortSignal | undefined): Promise<PoolClient> {
    if (!signal) return this.#connect(this.limits.read);
    signal.throwIfAborted();
    const connecting = this.#connect(this.limits.answer);
    try {
      return await untilAborted(signal, connecting);
    } catch (error) {
      connecting.then(
        (client) => client.release(),
        () => {},
      );
      throw error;
    }
  }

  /**
   * A connection on which each answer may take so long, in ms. Rejects when none is opened, and none of those that are open is free,
   * within CONNECT_TIMEOUT.
   */
  async #connect(limit: number): Promise<PoolClient> {
    try {
      const client = (await this.#freeClient()) as PoolClient;
      client.answers.allow(limit);
      return client;
    } catch (cause) {
      const error = connectionError(cause);
      this.#noteFault(error);
      throw error;
    }
  }

  /**
   * When the server has no more connections, the pool makes do for a while with those that it has. Then it asks for another one, for a
   * statement that waits. If the server refuses again, the statement waits on.
   */
  async #freeClient(): Promise<pg.PoolClient> {
    const until = performance.now() + CONNECT_TIMEOUT;
    for (let isFirst = true; ; isFirst = false) {
      const pool = this.#pool;
      try {
        return await pool.connect();
      } catch (error) {
        // The server can refuse one connection before it has opened another, so at first those that are being opened count too.
        const open = this.#watch.openOf(pool) || (isFirst ? pool.totalCount : 0);
        if (!isFull(error) || open === 0 || performance.now() > until) throw error;
        pool.options.max = open;
        clearTimeout(this.#whenNotFull);
        this.#whenNotFull = setTimeout(() => (pool.options.max = this.#size), FULL_FOR).unref();
      }
    }
  }

  async #rollBack(client: PoolClient, connection: PostgresConnection, cause: unknown): Promise<void> {
    const error = cause instanceof CommitLost ? cause.cause : cause;
    if (faultOf(error) !== null) {
      this.#releaseAfter(client, error);
      return;
    }
    try {
      await connection.rollBack();
      giveBack(client);
    } catch (failure) {
      this.#releaseAfter(client, failure);
    }
  }

  #releaseAfter(client: PoolClient, error: unknown): void {
    const isFault = this.#noteFault(error);
    client.release(isFault);
    if (isReadOnly(error)) this.#reconnect();
  }

  #noteFault(error: unknown): boolean {
    const fault = faultOf(error);
    if (fault !== null && !isCrowded(error)) this.#onFault(fault);
    return fault !== null;
  }

  /** Replaces all connections, because they lead to a server that is no longer the primary. */
  #reconnect(): void {
    const old = this.#pool;
    // The pool is being closed, and nothing more will be run.
    if (old.ending) return;
    this.#pool = this.#open();
    void old.end();
  }

  #open(): pg.Pool {
    const pool = new pg.Pool({ ...this.#settings, Client: RowClient, max: this.#size, idleTimeoutMillis: 60_000 });
    // The pool drops a connection that breaks while it is not used. The next statement shows whether the server is there.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    this.#watch.follow(pool);
    return pool;
  }
}

/**
 * Gives a connection back to the pool. It is closed when it keeps more statements prepared than have names, because the server keeps
 * those whose names were dropped for as long as the connection lasts.
 */
function giveBack(client: PoolClient): void {
  client.release(client.shapes.size > MAX_STATEMENTS);
}

/** Sends the commit directly after the last statements. The server rolls back instead when one of them has failed. */
async function commit(connection: PostgresConnection, last: Required<TransactionOptions>['last']): Promise<void> {
  try {
    // `allDone` prefers the error of a statement, whichever comes first, because the commit's error is only a consequence of it.
    await allDone(last(), connection.commit());
  } catch (error) {
    throw isLost(error) ? new CommitLost('the connection was lost during a commit', { cause: error }) : error;
  }
}

/** Closes a connection over which no answer comes, so that all that waits for one is rejected. The server may still be at work. */
function giveUp(client: RowClient): void {
  if (client.answers.isAwaited) cancel(client);
  client.connection.stream.destroy(new Unanswered('no answer has come in time'));
}

/** The members of node-postgres's client that identify its session. Their types are not published. */
interface ServerSession {
  readonly host?: string;
  readonly port?: number;
  readonly processID?: number | null;
  readonly secretKey?: number | null;
}

/**
 * Tells the server to end the client's statement, by the protocol's CancelRequest, which needs no free connection of the pool. A
 * failure is ignored, because the server then ends the statement at its `statement_timeout`.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
function cancel(client: RowClient): void {
  const { host, port, processID, secretKey } = client as unknown as ServerSession;
  if (!host || !port || !processID || typeof secretKey !== 'number') return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80_877_102, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.setTimeout(CONNECT_TIMEOUT, () => socket.destroy());
  socket.on('error', () => {});
  socket.end(request);
}
