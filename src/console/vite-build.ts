import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { builtFrom, hashSources, STAMP } from './build.ts';
import { CONSOLE_FOLDER, PAGES_FOLDER, PLAYGROUND } from './folder.ts';

// Vite reads NODE_ENV to choose the build of React. Users always get the fast production build, whatever NODE_ENV the server runs with.
process.env['NODE_ENV'] = 'production';

const started = performance.now();
const sources = await hashSources();
const vite = await import('vite').catch(() => undefined);
if (vite) {
  if ((await builtFrom()) !== sources) await build(vite);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${relative(process.cwd(), CONSOLE_FOLDER)} is up to date (${seconds} s)`);
} else if (!existsSync(PAGES_FOLDER)) {
  // If there is an older build, it is served. If there is none, the page says how to build the console.
  console.error('The console is not built, and Vite is not installed: run `npm ci && npm run build:console`.');
}

/** Several processes may build at the same time. Each builds in a folder of its own and then renames it to CONSOLE_FOLDER. */
async function build({ build: viteBuild }: typeof import('vite')): Promise<void> {
  const draft = `${CONSOLE_FOLDER}-${process.pid}`;
  const { default: config } = await import('./vite.config.ts');
  const { default: playground } = await import('./vite-playground.ts');
  for (const [{ build: options, ...app }, outDir] of [
    [config, draft],
    [playground, join(draft, PLAYGROUND)],
  ] as const) {
    await viteBuild({ ...app, configFile: false, logLevel: 'warn', build: { ...options, outDir, emptyOutDir: true } });
    await precompress(join(outDir, 'assets'));
  }
  await writeFile(join(draft, STAMP), sources);
  await rm(CONSOLE_FOLDER, { recursive: true, force: true });
  await rename(draft, CONSOLE_FOLDER).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if ((await builtFrom()) !== sources) throw error;
  });
}

/** Compresses the files at build time, because the highest compression levels are too slow for each response. */
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
