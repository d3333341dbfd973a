import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Redis } from '../redis/redis.ts';
import { KEY_PREFIX } from '../redis/redis.ts';
import type { CreateCounter } from './window-counter.ts';
import { limiterCounter, pointsOf } from './window-counter.ts';

/**
 * Counts in Redis, together with all instances that use it: one round trip each time. While Redis is away, a counter of `local`
 * counts. The number of keys in Redis is not bounded, but each key is removed when its window ends.
 */
export function redisCounter(redis: Redis, local: CreateCounter): CreateCounter {
  return (options) => {
    const { name, limit } = options;
    const keyPrefix = `${KEY_PREFIX}${name}`;
    const limiter = new RateLimiterRedis({
      ...pointsOf(limit),
      keyPrefix,
      storeClient: redis.client,
      useRedisPackage: true,
    });
    const shared = limiterCounter(limiter);
    const own = local(options);
    return {
      count: async (key) => (await redis.ask(() => shared.count(key))) ?? own.count(key),
      async read(key) {
        // null is an answer of Redis: the key has no window.
        const found = await redis.ask(() => shared.read(key));
        return found === undefined ? own.read(key) : found;
      },
    };
  };
}
