import { hash, randomBytes } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from '../encoding/network.ts';
import type { RateLimit } from './rate-limit.ts';

/**
 * How many counters there are. The memory is bounded by them, however many addresses an attacker has. Two addresses may
 * share a counter; then one of them can be refused for the failures of the other, which callers with a known token never
 * notice.
 */
export const MAX_COUNTERS = 65_536;

/** Counts the wrong tokens that come from an address. */
export interface FailureCounter {
  /** For how many whole seconds unknown tokens from the address are refused. 0: they are not refused. */
  secondsToWait(address: string | undefined): Promise<number>;
  /** Counts one wrong token. */
  count(address: string | undefined): Promise<void>;
}

/**
 * Limits wrong tokens by address, in the memory of this process. A window begins with the first wrong token and ends
 * after the limit's seconds. null: there is no limit.
 */
export function failureCounter(limit: RateLimit | null): FailureCounter {
  if (!limit) return { secondsToWait: async () => 0, count: async () => {} };
  const limiter = new RateLimiterMemory({ points: limit.requests, duration: limit.seconds });
  // The salt keeps callers from choosing addresses that share a counter with a certain address.
  const salt = randomBytes(16).toString('hex');
  const counterOf = (address: string | undefined): string =>
    String(Number.parseInt(hash('sha256', salt + networkOf(address)).slice(0, 8), 16) % MAX_COUNTERS);
  return {
    async secondsToWait(address) {
      const state = await limiter.get(counterOf(address));
      if (!state || state.consumedPoints < limit.requests) return 0;
      return Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    },
    async count(address) {
      try {
        await limiter.consume(counterOf(address));
      } catch (refused) {
        // Requests that came at the same time have used up the limit. There is nothing more to count.
        if (!(refused instanceof RateLimiterRes)) throw refused;
      }
    },
  };
}
