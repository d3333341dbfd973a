import { connect } from 'node:net';
import pg from 'pg';
import { allDone } from '../all-done.ts';
import type { PostgresStatement, StatementNames, StatementResult, StatementRunner } from './connection.ts';
import { PostgresConnection } from './connection.ts';
import { CommitLost, faultOf, isCrowded, isLost, isReadOnly } from './faults.ts';
import { RowClient } from './row-client.ts';
import { CONNECT_TIMEOUT } from './settings.ts';

type PoolClient = pg.PoolClient & RowClient;

/** How a transaction ends. */
export interface TransactionEnd {
  /** Sends the last statements, all at once: the commit follows without waiting for them. */
  readonly last?: () => Promise<unknown>;
  /** Is told how many seconds the last statements and the commit took. */
  readonly onCommit?: (seconds: number) => void;
}

/**
 * Connections to one server, opened when they are needed. What fails with a fault takes its connection with it, so that the
 * next attempt has a new one, which may lead to another server. Errors are those of node-postgres, and CommitLost.
 */
export class ConnectionPool implements StatementRunner {
  readonly #settings: pg.ClientConfig;
  readonly #size: number;
  readonly #names: StatementNames | null;
  readonly #onFault: (reason: string) => void;
  #pool: pg.Pool;

  /** `onFault` hears of each fault of the server or the connection, in words for anyone. */
  constructor(
    settings: pg.ClientConfig,
    size: number,
    names: StatementNames | null,
    onFault: (reason: string) => void,
  ) {
    this.#settings = settings;
    this.#size = size;
    this.#names = names;
    this.#onFault = onFault;
    this.#pool = this.#open();
  }

  /**
   * Runs a statement that reads, on any connection. When the connection turns out to be broken, it runs once more on another
   * one. When the signal aborts, the server is told to end the statement, and the promise rejects with the signal's reason.
   */
  async run(statement: PostgresStatement, signal?: AbortSignal): Promise<StatementResult> {
    try {
      return await this.#runOnce(statement, signal);
    } catch (error) {
      if (!isLost(error) || signal?.aborted) throw error;
      return this.#runOnce(statement, signal);
    }
  }

  /**
   * Runs `work` in a transaction that the commands begin, and commits it. `work` gets the rows of the last of them, and need not
   * wait for them before it reads. When it throws, the transaction is rolled back.
   */
  async transaction<Result>(
    begin: string,
    work: (connection: PostgresConnection, begun: Promise<unknown[]>) => Promise<Result>,
    { last = async () => {}, onCommit = () => {} }: TransactionEnd = {},
  ): Promise<Result> {
    const client = await this.#connect();
    const connection = new PostgresConnection(client, this.#names);
    try {
      const begun = connection.begin(begin);
      // When it has failed, the error of the work only follows from that.
      const [, result] = await allDone(begun, work(connection, begun));
      const started = performance.now();
      await commit(connection, last);
      onCommit((performance.now() - started) / 1000);
      client.release();
      return result;
    } catch (error) {
      await this.#rollBack(client, connection, error);
      throw error;
    }
  }

  /** Closes the connections when what they are doing is done. */
  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #runOnce(statement: PostgresStatement, signal: AbortSignal | undefined): Promise<StatementResult> {
    const client = await this.#connectUntil(signal);
    let ended = false;
    const end = () => {
      ended = true;
      cancel(client);
      // It is not used again, because the order to end the statement may arrive when another one runs on it.
      client.release(true);
    };
    signal?.addEventListener('abort', end, { once: true });
    try {
      const result = await new PostgresConnection(client, this.#names).run(statement);
      if (!ended) client.release();
      return result;
    } catch (error) {
      if (ended) throw signal?.reason;
      this.#releaseAfter(client, error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', end);
    }
  }

  /** A connection. When the signal aborts before there is one, it goes back into the pool as soon as there is. */
  async #connectUntil(signal: AbortSignal | undefined): Promise<PoolClient> {
    if (!signal) return this.#connect();
    signal.throwIfAborted();
    const connecting = this.#connect();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([connecting, aborted]);
    } catch (error) {
      connecting.then(
        (client) => client.release(),
        () => {},
      );
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return (await this.#pool.connect()) as PoolClient;
    } catch (error) {
      this.#noteFault(error);
      throw error;
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
      client.release();
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

  /** Lets go of all connections, because they lead to a server that is no longer the primary. */
  #reconnect(): void {
    const old = this.#pool;
    this.#pool = this.#open();
    void old.end();
  }

  #open(): pg.Pool {
    const pool = new pg.Pool({ ...this.#settings, Client: RowClient, max: this.#size, idleTimeoutMillis: 60_000 });
    // A connection that breaks while nobody uses it leaves the pool. The next statement tells whether the server is there.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  }
}

/** The commit comes behind the last statements at once. The server rolls back instead when one of them has failed. */
async function commit(connection: PostgresConnection, last: Required<TransactionEnd>['last']): Promise<void> {
  try {
    // The error of a statement says why, and that of the commit only follows from it, whichever is heard of first.
    await allDone(last(), connection.commit());
  } catch (error) {
    throw isLost(error) ? new CommitLost('the connection was lost during a commit', { cause: error }) : error;
  }
}

/** The members of node-postgres's client that identify its session. Their types are not published. */
interface Session {
  readonly host?: string;
  readonly port?: number;
  readonly processID?: number | null;
  readonly secretKey?: number | null;
}

/**
 * Tells the server to end what the client is doing, by the protocol's CancelRequest, which needs no free connection of the
 * pool. Nothing is told of it: if the server does not hear it, it ends the statement at STATEMENT_TIMEOUT.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
function cancel(client: PoolClient): void {
  const { host, port, processID, secretKey } = client as unknown as Session;
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
