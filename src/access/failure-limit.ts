import { networkOf } from '../network/client-network.ts';
import type { RateLimit } from './limit.ts';
import type { CreateCounter } from './window-counter.ts';
import { memoryCounter } from './window-counter.ts';

/**
 * How many counters there are in memory. They bound the memory, however many addresses an attacker has. Two addresses may share
 * a counter. Then one of them can be refused for the failures of the other, but callers with a known token never notice this.
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
 * Limits wrong tokens by address. A window begins with the first wrong token and ends after the limit's seconds. null: there
 * is no limit.
 */
export function failureCounter(limit: RateLimit | null, createCounter: CreateCounter = memoryCounter): FailureCounter {
  if (!limit) return { secondsToWait: async () => 0, count: async () => {} };
  const counter = createCounter({ name: 'failures', limit, maxKeys: MAX_COUNTERS });
  return {
    async secondsToWait(address) {
      const state = await counter.read(networkOf(address));
      if (!state || state.count < limit.requests) return 0;
      return Math.max(1, Math.ceil(state.msLeft / 1000));
    },
    async count(address) {
      await counter.count(networkOf(address));
    },
  };
}
