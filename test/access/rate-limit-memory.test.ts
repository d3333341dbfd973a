import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** How many bytes of memory the limiter may use for one workspace. */
const MAX_BYTES = 1_000;

it('holds ten thousand workspaces in little memory, and lets them go when their windows end', async () => {
  const program = join(import.meta.dirname, 'support/limiter-memory.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  const { full, left } = JSON.parse(stdout) as { full: number; left: number };
  console.log(`The rate limiter takes ${full} bytes for a workspace.`);
  expect(full).toBeGreaterThan(50);
  expect(full).toBeLessThan(MAX_BYTES);
  expect(left).toBeLessThan(full / 4);
});
