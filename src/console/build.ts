import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package-root.ts';
import { CONSOLE_FOLDER } from './folder.ts';

/** The file in the built console that contains the hash of the sources that it was built from. */
export const STAMP = '.built-from';

const VITE_BUILD = join(import.meta.dirname, 'vite-build.ts');

/**
 * Builds the console and the playground if their sources differ from those of the last build. This takes a few seconds. An installed
 * package has the built console and no sources, so nothing is built there. Throws when the build fails.
 */
export async function buildConsole(): Promise<void> {
  if (!existsSync(VITE_BUILD) || (await builtFrom()) === (await hashSources())) return;
  // Vite runs in a process of its own, because it takes hundreds of megabytes that the server would keep. Its standard
  // output is ignored, because the standard output of the server is the server's log.
  const child = spawn(process.execPath, [VITE_BUILD], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (code !== 0) throw new Error(`The console could not be built: ${VITE_BUILD} ended with ${code ?? signal}.`);
}

/** Returns the hash of the sources that the console was built from, or undefined if it has not been built. */
export async function builtFrom(): Promise<string | undefined> {
  return readFile(join(CONSOLE_FOLDER, STAMP), 'utf8').catch(() => undefined);
}

/** Returns a hash of everything that the build depends on: the paths and contents of the sources, and the versions of the packages. */
export async function hashSources(): Promise<string> {
  const files = await Array.fromAsync(glob('src/{console,playground}/**/*.*', { cwd: PACKAGE_ROOT }));
  const hash = createHash('sha256');
  for (const file of [...files.toSorted(), 'package-lock.json']) {
    const content = await readFile(join(PACKAGE_ROOT, file)).catch(() => undefined);
    if (content) hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
