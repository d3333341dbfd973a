import type pg from 'pg';
import { LOOK_INTERVAL } from './awaited-answers.ts';
import type { RowClient } from './row-client.ts';

/**
 * Closes the connections of a pool over which no answer comes any more, because the server is frozen or the network drops what is sent.
 * The statement_timeout does not help then, because the server itself enforces it. All statements share one timer, because a timer for
 * each of them would take longer. Time is measured in looks and not by the clock: a process that was stopped for a while reads the
 * answers that have arrived meanwhile before it looks often enough to find them late.
 */
export class AnswerWatch {
  /** The open connections, each with its pool. */
  readonly #clients = new Map<RowClient, pg.Pool>();
  readonly #end: (client: RowClient) => void;
  readonly #timer: NodeJS.Timeout;

  /** `end` closes a connection whose answer is late. */
  constructor(end: (client: RowClient) => void) {
    this.#end = end;
    this.#timer = setInterval(() => this.#look(), LOOK_INTERVAL).unref();
  }

  /** Looks at the connections of the pool, all of which are made with RowClient. */
  follow(pool: pg.Pool): void {
    const each = (event: 'connect' | 'acquire' | 'remove', listener: (client: RowClient) => void) =>
      pool.on(event, (client) => listener(client as pg.PoolClient & RowClient));
    each('connect', (client) => this.#clients.set(client, pool));
    each('remove', (client) => this.#clients.delete(client));
    each('acquire', ({ answers }) => (answers.isFree = false));
    pool.on('release', (_error, client) => ((client as pg.PoolClient & RowClient).answers.isFree = true));
  }

  /** How many connections of the pool are open. */
  openOf(pool: pg.Pool): number {
    return [...this.#clients.values()].filter((one) => one === pool).length;
  }

  /** Closes all connections at once. */
  endAll(): void {
    for (const client of this.#clients.keys()) this.#end(client);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const { answers } of this.#clients.keys()) answers.looks += 1;
    for (const client of this.#clients.keys()) if (client.answers.isLate) this.#endWithOlder(client);
  }

  /** Also closes the unused connections whose last answer is as old, because they probably lead to the same silent server. */
  #endWithOlder(late: RowClient): void {
    const { looks } = late.answers;
    for (const client of this.#clients.keys()) {
      if (client === late || (client.answers.isFree && client.answers.looks >= looks)) {
        this.#clients.delete(client);
        this.#end(client);
      }
    }
  }
}
