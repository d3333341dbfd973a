import { execFile } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'node_modules/.cache/campaigns-gateway');

/** How many modules the cache has. */
function kept(folder: string): number {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).length : 0;
}

/** Tries again when a program of another test has written to the folder meanwhile. */
function removeFolder(): void {
  rmSync(FOLDER, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

async function help(settings: Record<string, string> = {}): Promise<void> {
  const { PATH } = process.env;
  await promisify(execFile)(process.execPath, ['src/main.ts', '--help'], { cwd: ROOT, env: { PATH, ...settings } });
}

it('a command from source keeps what it has compiled, where NODE_COMPILE_CACHE says no other folder', async () => {
  removeFolder();
  const other = join(FOLDER, 'other');
  await help({ NODE_COMPILE_CACHE: other });
  expect(kept(other)).toBeGreaterThan(10);
  removeFolder();
  await help();
  expect(kept(FOLDER)).toBeGreaterThan(10);
});
