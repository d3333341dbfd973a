import { RateLimiterCluster, RateLimiterClusterMaster } from 'rate-limiter-flexible';
import type { CreateCounter } from './window-counter.ts';
import { limiterCounter, memoryCounter, pointsOf, withBoundedKeys } from './window-counter.ts';

/** How long, in ms, a worker waits for the primary. */
const TIMEOUT = 1_000;

/** Makes the primary keep the counts of its workers. */
export function keepClusterCounts(): RateLimiterClusterMaster {
  return new RateLimiterClusterMaster();
}

/**
 * Counts in the primary, together with all workers. When the primary does not answer, the worker counts for itself.
 * @param salt The same one in all workers.
 */
export function clusterCounter(salt: string): CreateCounter {
  return (options) => {
    const { name, limit, maxKeys } = options;
    const limiter = new RateLimiterCluster({ ...pointsOf(limit), keyPrefix: name, timeoutMs: TIMEOUT });
    const shared = withBoundedKeys(limiterCounter(limiter), maxKeys, salt);
    const own = memoryCounter(options);
    return {
      count: (key) => shared.count(key).catch(() => own.count(key)),
      read: (key) => shared.read(key).catch(() => own.read(key)),
    };
  };
}
