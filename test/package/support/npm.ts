import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';

const run = promisify(execFile);

/** Builds the package and packs it into the folder, as `npm publish` would; returns the tarball's path. */
export async function pack(folder: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: PACKAGE_ROOT });
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
}

/** What npm and Node say where there is no way to the registry. */
const UNREACHABLE = /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|E?TIMEDOUT)\b/;

/**
 * Installs a package into a new folder, in which there is nothing else. Returns false where the registry cannot be
 * reached; any other failure is thrown.
 */
export async function install(folder: string, what: string): Promise<boolean> {
  mkdirSync(folder);
  // Without a manifest npm would look for one in the folders above.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'];
  try {
    await run('npm', ['install', '--omit=dev', ...quiet, what], { cwd: folder });
    return true;
  } catch (error) {
    if (!UNREACHABLE.test((error as { stderr: string }).stderr)) throw error;
    process.stderr.write(
      `The tests of the installed package are SKIPPED: npm cannot reach its registry for ${what}.\n`,
    );
    return false;
  }
}
