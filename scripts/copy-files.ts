import { cp, glob } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../src/package-root.ts';

// A step of `npm run build`: copies the files that the server reads and serves to the folder of the compiled code.

const SOURCE = join(PACKAGE_ROOT, 'src');
const SERVER = join(PACKAGE_ROOT, 'dist/server');

/**
 * Files of the console that the server needs: the REST documentation uses the console's colours and icon, and the server runs the
 * console's operations.
 */
const OF_THE_CONSOLE = ['generated/persisted-documents.json', 'icon.svg', 'styles/tokens.css'].map(
  (file) => `console/app/${file}`,
);

await Promise.all(
  [...(await filesBesideTheCode()), ...OF_THE_CONSOLE].map((file) => cp(join(SOURCE, file), join(SERVER, file))),
);

/**
 * All files in src that the compiler does not compile. The sources of the console and the playground are left out, because they are
 * built into dist/console.
 */
async function filesBesideTheCode(): Promise<string[]> {
  const files = await Array.fromAsync(glob('**/*.*', { cwd: SOURCE }));
  return files.filter((file) => !/\.tsx?$/.test(file) && !/^(console|playground)\/app\//.test(file));
}
