import { cp, glob } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../src/package-root.ts';
import { ASSETS } from '../src/rest/docs/assets.ts';

// A step of `npm run build`: copies the files that the server reads and serves to the folder of the compiled code.

const SOURCE = join(PACKAGE_ROOT, 'src');
const SERVER = join(PACKAGE_ROOT, 'dist/server');

/** Files of the console that the server needs: it runs the console's operations. ASSETS has those that the documentation of REST loads. */
const OF_THE_CONSOLE = ['console/app/generated/persisted-documents.json'];

const files = new Set([...(await filesBesideTheCode()), ...ASSETS, ...OF_THE_CONSOLE]);
await Promise.all([...files].map((file) => cp(join(SOURCE, file), join(SERVER, file))));

/**
 * All files in src that the compiler does not compile. The sources of the console and the playground are left out, because they are
 * built into dist/console.
 */
async function filesBesideTheCode(): Promise<string[]> {
  const files = await Array.fromAsync(glob('**/*.*', { cwd: SOURCE }));
  return files.filter((file) => !/\.tsx?$/.test(file) && !/^(console|playground)\/app\//.test(file));
}
