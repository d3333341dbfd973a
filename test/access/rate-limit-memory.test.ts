import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { rateLimiter } from '../../src/access/rate-limit.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';

const WORKSPACES = 10_000;

/** How many bytes one workspace may take in the limiter. */
const MAX_BYTES = 1_500;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it('holds ten thousand workspaces in little memory, and lets them go when their windows end', async () => {
  const count = rateLimiter({ requests: 100, seconds: 2 });
  const before = heapUsed();
  const ended = Date.now() + 2_500;
  for (let workspace = 1; workspace <= WORKSPACES; workspace += 1) await count(workspace as WorkspaceId);
  const each = (heapUsed() - before) / WORKSPACES;
  console.log(`The rate limiter takes ${Math.round(each)} bytes for a workspace.`);
  expect(each).toBeLessThan(MAX_BYTES);
  expect(each).toBeGreaterThan(0);

  await new Promise((resolve) => setTimeout(resolve, ended - Date.now()));
  expect((heapUsed() - before) / WORKSPACES).toBeLessThan(each / 4);
  // The limiter itself is still there.
  expect(await count(1 as WorkspaceId)).toMatchObject({ allowed: true, remaining: 99 });
});
