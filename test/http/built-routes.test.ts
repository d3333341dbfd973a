import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { consoleRoutes } from '../../src/console/routes.ts';
import { builtRoutes } from '../../src/http/built-routes.ts';
import { temporaryFolder } from '../support/folder.ts';
import { listen } from './support.ts';

/** Replaces the folder with a build whose page names one file, as src/console/vite-build.ts does. */
async function build(folder: string, file: string): Promise<void> {
  const draft = `${folder}-draft`;
  await mkdir(join(draft, 'pages'), { recursive: true });
  await mkdir(join(draft, 'assets'));
  await writeFile(join(draft, 'pages/en.html'), `<script src="/assets/${file}"></script>`);
  await writeFile(join(draft, 'assets', file), 'export {};');
  await writeFile(join(draft, 'assets', `${file}.gz`), 'compressed');
  // Builds can have the same time: file systems round it, and archives keep it.
  await utimes(draft, 1, 1);
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
}

describe('a console that is built while a server runs', () => {
  it('is served from then on, with the files that its page names', async () => {
    const folder = join(temporaryFolder(), 'console');
    const { url } = await listen(express().use(builtRoutes(folder, consoleRoutes)));
    expect((await fetch(url)).status).toBe(503);

    for (const file of ['first.js', 'second.js']) {
      await build(folder, file);
      expect(await (await fetch(url)).text()).toContain(`/assets/${file}`);
      const asset = await fetch(`${url}/assets/${file}`, { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } });
      expect([asset.status, asset.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    }
    expect((await fetch(`${url}/assets/first.js`)).status).toBe(404);
  });
});
