import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { CONSOLE_FOLDER, REPOSITORY } from './folder.ts';

const STAMP = '.built-from';

/**
 * Builds the console where its sources are newer than what was built, in a few seconds, and returns the folder to serve.
 * Where the build tools are not installed, what was built before is served; where nothing was, the folder has no page,
 * and `consoleRoutes` says how to build it.
 */
export async function buildConsole(): Promise<string> {
  const folder = CONSOLE_FOLDER;
  const sources = await hashSources();
  if ((await readStamp(folder)) === sources) return folder;
  const vite = await import('vite').catch(() => undefined);
  if (!vite) {
    if (!existsSync(join(folder, 'index.html'))) {
      process.stderr.write(
        'The console is not built, and Vite is not installed: run `npm ci && npm run build:console`.\n',
      );
    }
    return folder;
  }

  // Several processes may start at once: each builds beside the folder and puts its work in place whole.
  const draft = `${folder}-${process.pid}`;
  await inProduction(async () => {
    const { default: config } = await import('./vite.config.ts');
    const build = { ...config.build, outDir: draft, emptyOutDir: true };
    await vite.build({ ...config, configFile: false, logLevel: 'warn', build });
  });
  await precompress(join(draft, 'assets'));
  await writeFile(join(draft, STAMP), sources);
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if ((await readStamp(folder)) !== sources) throw error;
  });
  return folder;
}

/** Vite asks the environment which React to build: people get the fast one, whatever the server itself runs as. */
async function inProduction(work: () => Promise<void>): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    await work();
  } finally {
    if (NODE_ENV === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = NODE_ENV;
  }
}

async function readStamp(folder: string): Promise<string | undefined> {
  return readFile(join(folder, STAMP), 'utf8').catch(() => undefined);
}

/** Whatever the build is made from: the sources by path and content, and the versions of the packages. */
async function hashSources(): Promise<string> {
  const files = await Array.fromAsync(glob('src/console/**/*.*', { cwd: REPOSITORY }));
  const hash = createHash('sha256');
  for (const file of [...files.toSorted(), 'package-lock.json']) {
    const content = await readFile(join(REPOSITORY, file)).catch(() => undefined);
    if (content) hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Compressing hard takes long, so it is done once here and not for each answer. */
async function precompress(assets: string): Promise<void> {
  const brotli = promisify(brotliCompress);
  const gz = promisify(gzip);
  await Promise.all(
    (await readdir(assets)).map(async (name) => {
      const file = join(assets, name);
      const content = await readFile(file);
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
      await writeFile(`${file}.br`, await brotli(content, quality));
      await writeFile(`${file}.gz`, await gz(content, { level: constants.Z_BEST_COMPRESSION }));
    }),
  );
}

if (import.meta.main) {
  const started = performance.now();
  const folder = await buildConsole();
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(`${relative(process.cwd(), folder)} is up to date (${seconds} s)\n`);
}
