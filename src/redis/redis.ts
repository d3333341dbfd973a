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
  const library = await import('@redis/client');
  const client: RedisClient = library.createClient({
    url,
    // A command fails at once when there is no connection.
    disableOfflineQueue: true,
    socket: { connectTimeout: START_TIMEOUT, reconnectStrategy: RETRY },
  });
  let state: 'connecting' | 'there' | 'away' = 'connecting';
  let awaySince = 0;
  let steadySince = Number.NaN;
  let attempts = 0;
  let retry: NodeJS.Timeout | undefined;
  const started = Promise.withResolvers<void>();

  const isAway = (error: unknown): void => {
    if (state === 'away') return;
    state = 'away';
    awaySince = performance.now();
    steadySince = Number.NaN;
    listener({ kind: 'away', reason: reasonOf(error) });
    started.resolve();
    retry = setInterval(() => void probe(), RETRY).unref();
  };
  const isThere = (): void => {
    if (state === 'away') listener({ kind: 'back', seconds: Math.round((performance.now() - awaySince) / 1000) });
    if (state !== 'there') steadySince = performance.now();
    state = 'there';
    attempts = 0;
    clearInterval(retry);
    started.resolve();
  };
  /** Writes a key, because a Redis that can only be read cannot count. */
  const probe = async (): Promise<void> => {
    // Without a connection the client is already making a new one.
    if (!client.isReady) return;
    if (++attempts > MAX_ATTEMPTS) {
      attempts = 0;
      client.destroy();
      connect();
      return;
    }
    try {
      await inTime(client.set(`${KEY_PREFIX}probe`, '1', { expiration: { type: 'EX', value: 60 } }));
      isThere();
    } catch (error) {
      isAway(error);
    }
  };

  /** The client itself tries to connect until it succeeds. `connect` of the client rejects only when the client is closed meanwhile. */
  const connect = (): void => void client.connect().then(probe, () => {});

  client.on('error', isAway);
  connect();
  const late = setTimeout(() => isAway(new Error('there was no connection in time')), START_TIMEOUT);
  await started.promise;
  clearTimeout(late);

  return {
    client,
    async ask(work) {
      if (state !== 'there') return undefined;
      try {
        return await inTime(work());
      } catch (error) {
        isAway(error);
        return undefined;
      }
    },
    get steadySince() {
      return steadySince;
    },
    close() {
      state = 'away';
      clearInterval(retry);
      client.destroy();
    },
  };
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
