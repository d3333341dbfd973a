import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Micros, WorkspaceId } from '../database/tables.ts';

/** So many requests in so many seconds, for a workspace over all its tokens. */
export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** What a request has left of its workspace's window. */
export interface RateLimitState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the window ends, 1 at least. */
  readonly retryAfter: number;
  readonly resetAt: Micros;
}

/** Counts a request and says where its workspace stands; null when there is no limit. */
export type CountRequest = (workspace: WorkspaceId) => Promise<RateLimitState | null>;

/** Counts in this process. A window begins with a workspace's first request and ends after the limit's seconds. */
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
