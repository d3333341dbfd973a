import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';

const run = promisify(execFile);

/** Builds the package and packs it into the folder, as `npm publish` does. Returns the path of the tarball. */
export async function pack(folder: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: PACKAGE_ROOT });
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
}

/** Whether npm can reach its registry. Asks once without retries, because retries would take minutes without a network. */
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

/** Installs a package into a new, empty folder. */
export async function install(folder: string, what: string): Promise<void> {
  mkdirSync(folder);
  // Without a package.json here, npm would use one from a parent folder.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  await run('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', what], { cwd: folder });
}
