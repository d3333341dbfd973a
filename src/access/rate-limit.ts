import type { Micros } from '../database/tables.ts';
import { clockTime } from '../model/time.ts';
import type { RateLimit } from './limit.ts';
import type { CreateCounter, WindowState } from './window-counter.ts';
import { memoryCounter } from './window-counter.ts';

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
export type CountRequest = (workspaceUuid: string) => Promise<RateLimitState | null>;

/**
 * Counts the requests of a workspace, with all its tokens together. The key is the UUID. Installations should not share a database of
 * Redis (docs/processes.md); where they do, the UUIDs keep these counts apart, as the numbers of workspaces would not.
 */
export function rateLimiter(limit: RateLimit | null, createCounter: CreateCounter = memoryCounter): CountRequest {
  if (!limit) return async () => null;
  const counter = createCounter({ name: 'requests', limit });
  return async (workspaceUuid) => state(limit, await counter.count(workspaceUuid));
}

function state({ requests }: RateLimit, { count, msLeft }: WindowState): RateLimitState {
  return {
    allowed: count <= requests,
    limit: requests,
    remaining: Math.max(0, requests - count),
    retryAfter: Math.max(1, Math.ceil(msLeft / 1000)),
    resetAt: clockTime() + msLeft * 1000,
  };
}
