import { RateLimiterCluster, RateLimiterClusterMaster } from 'rate-limiter-flexible';
import type { CreateCounter } from './window-counter.ts';
import { limiterCounter, memoryCounter, pointsOf, withBoundedKeys } from './window-counter.ts';

/** How long, in ms, a worker waits for the primary. */
const TIMEOUT = 1_000;

/** How long, in ms, a worker counts for itself after the primary has not answered. Then one request asks the primary again. */
const PAUSE = 5_000;

/** Makes the primary keep the counts of its workers. */
export function keepClusterCounts(): RateLimiterClusterMaster {
  return new RateLimiterClusterMaster();
}

/**
 * Counts in the primary, together with all workers. When the primary does not answer, the worker counts for itself for a while, so
 * that only the requests of the first moment wait for TIMEOUT.
 * @param salt The same one in all workers.
 */
export function clusterCounter(salt: string): CreateCounter {
  const ask = askUnlessAway();
  return (options) => {
    const { name, limit, maxKeys } = options;
    const limiter = new RateLimiterCluster({ ...pointsOf(limit), keyPrefix: name, timeoutMs: TIMEOUT });
    const shared = withBoundedKeys(limiterCounter(limiter), maxKeys, salt);
    const own = memoryCounter(options);
    return {
      count: (key) =>
        ask(
          () => shared.count(key),
          () => own.count(key),
        ),
      read: (key) =>
        ask(
          () => shared.read(key),
          () => own.read(key),
        ),
    };
  };
}

/** Returns a function that asks the primary, or counts `here` when the primary does not answer or has not answered just before. */
function askUnlessAway() {
  /** The time of performance.now() from which the primary is asked again; 0 while it answers. */
  let askAgainAt = 0;
  return async <State>(primary: () => Promise<State>, here: () => Promise<State>): Promise<State> => {
    if (performance.now() < askAgainAt) return here();
    // One request finds out whether the primary is back. The others do not wait for it.
    if (askAgainAt > 0) askAgainAt = performance.now() + PAUSE;
    try {
      const state = await primary();
      askAgainAt = 0;
      return state;
    } catch {
      askAgainAt = performance.now() + PAUSE;
      return here();
    }
  };
}
