import type { createClient } from '@redis/client';
import { within } from '../waiting/within.ts';

/** Every key of this program in Redis begins with this, because other programs may use the same Redis. */
export const KEY_PREFIX = 'campaigns:';

/** How long, in ms, a request waits for an answer of Redis. */
const TIMEOUT = 100;

/** How long, in ms, a start waits for the first connection. */
const START_TIMEOUT = 1_000;

/** How often, in ms, a Redis that does not answer is tried again. */
const RETRY = 500;

/** After this many attempts in a row without an answer, a new connection is made, because the other end of the old one may be gone. */
const MAX_ATTEMPTS = 10;

type RedisClient = ReturnType<typeof createClient>;

/** Redis has stopped answering, or answers again. */
export type RedisEvent =
  { readonly kind: 'away'; readonly reason: string } | { readonly kind: 'back'; readonly seconds: number };

/** The Redis that instances share. It may be away at any time, so every caller needs an answer of its own for that case. */
export interface Redis {
  readonly client: RedisClient;
  /**
   * Returns the reply of `work`, which sends one command with the client. Returns undefined when Redis is away, which is known
   * at once, and when the command fails or takes longer than TIMEOUT. After such a failure Redis counts as away until it takes
   * a write again. Never rejects.
   */
  ask<Reply>(work: () => Promise<Reply>): Promise<Reply | undefined>;
  /** The time of performance.now() since which Redis has answered without a break; NaN while it is away. */
  readonly steadySince: number;
  close(): void;
}

/**
 * Connects to Redis, and goes on trying for as long as it is away. Resolves when it answers, or when it is known to be away.
 * `listener` is told when Redis goes away and when it is back, but not that a first connection has succeeded.
 */
export async function connectRedis(url: string, listener: (event: RedisEvent) => void): Promise<Redis> {
  // Loading it takes a tenth of the time that a start takes, and most servers have no Redis.
  const { createClient } = await import('@redis/client');
  const client: RedisClient = createClient({
    url,
    // A command fails at once when there is no connection.
    disableOfflineQueue: true,
    socket: { connectTimeout: START_TIMEOUT, reconnectStrategy: RETRY },
  });
  const connection = new RedisConnection(client, listener);
  await connection.open();
  return connection;
}

class RedisConnection implements Redis {
  readonly client: RedisClient;
  readonly #listener: (event: RedisEvent) => void;
  readonly #started = Promise.withResolvers<void>();
  #state: 'connecting' | 'there' | 'away' = 'connecting';
  #awaySince = 0;
  #steadySince = Number.NaN;
  #attempts = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(client: RedisClient, listener: (event: RedisEvent) => void) {
    this.client = client;
    this.#listener = listener;
  }

  get steadySince(): number {
    return this.#steadySince;
  }

  /** Resolves when Redis answers, or when it is known to be away. */
  async open(): Promise<void> {
    this.client.on('error', (error) => this.#isAway(error));
    this.#connect();
    const late = setTimeout(() => this.#isAway(new Error('there was no connection in time')), START_TIMEOUT);
    await this.#started.promise;
    clearTimeout(late);
  }

  async ask<Reply>(work: () => Promise<Reply>): Promise<Reply | undefined> {
    if (this.#state !== 'there') return undefined;
    try {
      return await inTime(work());
    } catch (error) {
      this.#isAway(error);
      return undefined;
    }
  }

  close(): void {
    this.#state = 'away';
    clearInterval(this.#retry);
    this.client.destroy();
  }

  /** The client itself tries to connect until it succeeds. `connect` of the client rejects only when the client is closed meanwhile. */
  #connect(): void {
    this.client.connect().then(
      () => this.#probe(),
      () => {},
    );
  }

  /** Writes a key, because a Redis that can only be read cannot count. */
  async #probe(): Promise<void> {
    // Without a connection the client is already making a new one.
    if (!this.client.isReady) return;
    if (++this.#attempts > MAX_ATTEMPTS) {
      this.#attempts = 0;
      this.client.destroy();
      this.#connect();
      return;
    }
    try {
      await inTime(this.client.set(`${KEY_PREFIX}probe`, '1', { expiration: { type: 'EX', value: 60 } }));
      this.#isThere();
    } catch (error) {
      this.#isAway(error);
    }
  }

  #isAway(error: unknown): void {
    if (this.#state === 'away') return;
    this.#state = 'away';
    this.#awaySince = performance.now();
    this.#steadySince = Number.NaN;
    this.#listener({ kind: 'away', reason: reasonOf(error) });
    this.#started.resolve();
    this.#retry = setInterval(() => void this.#probe(), RETRY).unref();
  }

  #isThere(): void {
    const now = performance.now();
    if (this.#state === 'away') {
      this.#listener({ kind: 'back', seconds: Math.round((now - this.#awaySince) / 1000) });
    }
    if (this.#state !== 'there') this.#steadySince = now;
    this.#state = 'there';
    this.#attempts = 0;
    clearInterval(this.#retry);
    this.#started.resolve();
  }
}

/** The answer. Rejects when it takes longer than TIMEOUT. */
function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  return within(TIMEOUT, answer, () => new Error(`there was no answer within ${TIMEOUT} ms`));
}

/** The message of an error. Those of the client name hosts and ports, and never passwords. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
