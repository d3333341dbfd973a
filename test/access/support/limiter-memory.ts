// Prints how many bytes the rate limiter takes for each of 10,000 workspaces (`full`), and how many of these bytes are left after
// the windows have ended (`left`). It is a program of its own, because the heap of a process that runs tests changes all the time.
// Needs --expose-gc.
import { setTimeout as wait } from 'node:timers/promises';
import { rateLimiter } from '../../../src/access/rate-limit.ts';

const WORKSPACES = 10_000;
const WINDOW_SECONDS = 2;

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** The UUID of the nth workspace. */
const uuid = (n: number) => `3fe6e7be-9ba0-4717-9ed4-${String(n).padStart(12, '0')}`;

const count = rateLimiter({ requests: 100, seconds: WINDOW_SECONDS });
await count(uuid(0));
const before = heapUsed();
const each = () => Math.round((heapUsed() - before) / WORKSPACES);
for (let workspace = 1; workspace <= WORKSPACES; workspace += 1) await count(uuid(workspace));
const full = each();
await wait(WINDOW_SECONDS * 1_000 + 500);
const left = each();
// The limiter is used once more, so that it is not collected as garbage before the last measurement.
await count(uuid(1));
console.log(JSON.stringify({ full, left }));
