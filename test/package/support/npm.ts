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

/** Whether npm can ask its registry. It is asked once and without retries, which would take minutes where it cannot. */
export async function registryIsReachable(): Promise<boolean> {
  try {
    await run('npm', ['view', 'node', 'version', '--prefer-online', '--fetch-retries=0', '--fetch-timeout=20000']);
    return true;
  } catch (error) {
    const reason = (error as { stderr: string }).stderr;
    process.stderr.write(`The tests of the installed package are SKIPPED: npm cannot reach its registry.\n${reason}`);
    return false;
  }
}

/** Installs a package into a new folder, in which there is nothing else. */
export async function install(folder: string, what: string): Promise<void> {
  mkdirSync(folder);
  // Without a manifest npm would look for one in the folders above.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  await run('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', what], { cwd: folder });
}
