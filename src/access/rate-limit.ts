import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Micros, WorkspaceId } from '../database/tables.ts';

/** How many requests a workspace may send within how many seconds. All its tokens count together. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** The state of a workspace's window after a request was counted. */
export interface RateLimitState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the window ends, 1 at least. */
  readonly retryAfter: number;
  readonly resetAt: Micros;
}

/** Counts a request and returns the state of its workspace's window; null when there is no limit. */
export type CountRequest = (workspace: WorkspaceId) => Promise<RateLimitState | null>;

/**
 * Counts requests in the memory of this process. A window begins with a workspace's first request and ends after the
 * limit's seconds.
 */
export function rateLimiter(limit: RateLimit | null): CountRequest {
  if (!limit) return async () => null;
  const limiter = new RateLimiterMemory({ points: limit.requests, duration: limit.seconds });
  return async (workspace) => {
    try {
      return state(limit, true, await limiter.consume(workspace));
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return state(limit, false, refused);
      throw refused;
    }
  };
}

function state(limit: RateLimit, allowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): RateLimitState {
  return {
    allowed,
    limit: limit.requests,
    remaining: Math.max(0, remainingPoints),
    retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    resetAt: (Date.now() + msBeforeNext) * 1000,
  };
}
