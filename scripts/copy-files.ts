import { cp, glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROWSER_FILES } from '../src/browser-package.ts';
import { PACKAGE_ROOT } from '../src/package-root.ts';

// A step of `npm run build`: it puts the files that the server reads and serves beside the compiled code.

const SOURCE = join(PACKAGE_ROOT, 'src');
const SERVER = join(PACKAGE_ROOT, 'dist/server');

await copyFiles(SOURCE, [...(await filesBesideTheCode()), 'console/app/generated/persisted-documents.json'], SERVER);
for (const [name, files] of Object.entries(BROWSER_FILES)) {
  const folder = join(PACKAGE_ROOT, 'node_modules', name);
  const copy = join(SERVER, 'browser-packages', name);
  await copyFiles(folder, await filesOf(folder, ['LICENSE*', 'NOTICE*', ...files]), copy);
  // Only what says which package the files are from: it has no entry points any more.
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  await writeFile(join(copy, 'package.json'), `${JSON.stringify({ name, version, license }, null, 2)}\n`);
}

/** Everything in src that the compiler leaves. The console's own sources are built into dist/console. */
async function filesBesideTheCode(): Promise<string[]> {
  const files = await filesOf(SOURCE, ['**/*.*']);
  return files.filter((file) => !/\.tsx?$/.test(file) && !file.startsWith('console/app/'));
}

/** The files in a folder that one of the patterns matches. Source maps are left out, because they are most of the size. */
async function filesOf(folder: string, patterns: readonly string[]): Promise<string[]> {
  const files = await Array.fromAsync(glob(patterns, { cwd: folder }));
  return files.filter((file) => !file.endsWith('.map'));
}

async function copyFiles(from: string, files: readonly string[], to: string): Promise<void> {
  await Promise.all(files.map((file) => cp(join(from, file), join(to, file))));
}
