import { hash, randomBytes } from 'node:crypto';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from './limit.ts';

/** The count of a key, and the time that is left of its window. */
export interface WindowState {
  readonly count: number;
  /** When the window ends, in ms from now. Never more than the limit's seconds, also after the clock was set back. */
  readonly msLeft: number;
}

/** Counts by key. The window of a key begins with its first count, and ends after the limit's seconds. */
export interface WindowCounter {
  /** Counts one more. Returns the window with it. */
  count(key: string): Promise<WindowState>;
  /** The window of a key; null when it has none. */
  read(key: string): Promise<WindowState | null>;
}

export interface CounterOptions {
  /** Tells the counters of one program apart. */
  readonly name: string;
  readonly limit: RateLimit;
  /**
   * How many keys are kept in memory at most. Beyond it keys share their counts. undefined: each key has its own, because
   * strangers cannot choose keys.
   */
  readonly maxKeys?: number;
}

/** Creates a counter. There is one such function for each place where counts can be kept. */
export type CreateCounter = (options: CounterOptions) => WindowCounter;

/** Counts in the memory of this process. */
export const memoryCounter: CreateCounter = ({ limit, maxKeys }) =>
  withBoundedKeys(limiterCounter(new RateLimiterMemory(pointsOf(limit))), maxKeys, newSalt());

/** A salt for `withBoundedKeys`. */
export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

/**
 * The counter with at most `maxKeys` keys, so that several keys share a count. The salt keeps callers from choosing a key that
 * shares its count with a certain other key.
 */
export function withBoundedKeys(counter: WindowCounter, maxKeys: number | undefined, salt: string): WindowCounter {
  if (maxKeys === undefined) return counter;
  const bounded = (key: string) => String(Number.parseInt(hash('sha256', salt + key).slice(0, 8), 16) % maxKeys);
  return { count: (key) => counter.count(bounded(key)), read: (key) => counter.read(bounded(key)) };
}

/** The limit in the words of rate-limiter-flexible. */
export function pointsOf({ requests, seconds }: RateLimit): { points: number; duration: number } {
  return { points: requests, duration: seconds };
}

/** Counts with a limiter of rate-limiter-flexible, which rejects with the window when it is beyond the limit. */
export function limiterCounter(limiter: RateLimiterAbstract): WindowCounter {
  return {
    async count(key) {
      try {
        return stateOf(limiter, await limiter.consume(key));
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return stateOf(limiter, refused);
        throw refused;
      }
    },
    async read(key) {
      const found = await limiter.get(key);
      return found && stateOf(limiter, found);
    },
  };
}

function stateOf({ msDuration }: RateLimiterAbstract, { consumedPoints, msBeforeNext }: RateLimiterRes): WindowState {
  // In memory the end of a window is a time of the clock, so that it is too far away when the clock has been set back since. A timer
  // removes the window after its length all the same.
  return { count: consumedPoints, msLeft: Math.min(msBeforeNext, msDuration) };
}
