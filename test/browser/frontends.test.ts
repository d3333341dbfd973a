import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { tokenKey } from '../support/fixture.ts';
import { block, createProject, run, TEMPLATE } from './support/guide.ts';
import { serveFixture } from './support/server.ts';

/** The frontend has another origin than the server. Its port is chosen at the start, so the server allows every origin. */
const serveAnySite = () => serveFixture({ CORS_ORIGINS: '*' });

describeInBrowser('a frontend that follows the guide', serveAnySite, (browser) => {
  test.each(['apollo', 'urql'])('with %s has types, and pages through the campaigns', async (recipe) => {
    const folder = await createProject(`frontend-${recipe}`, browser.server.base, {
      ...TEMPLATE,
      'codegen.yml': block('yaml'),
      'src/client.ts': block(`ts client-${recipe}`),
      'src/App.tsx': block(`tsx ${recipe}`),
    });
    await run(folder, 'graphql-codegen');
    await run(folder, 'tsc', '-p', '.');

    await writeFile(join(folder, '.env'), `VITE_TOKEN=${tokenKey('viewer')}\n`);
    const vite = { root: folder, configFile: false, logLevel: 'error' } as const;
    await build(vite);
    const frontend = await preview({ ...vite, preview: { host: '127.0.0.1', port: 0 } });
    try {
      const page = await browser.newForeignPage();
      await page.goto(frontend.resolvedUrls?.local[0] ?? '');
      const items = page.getByRole('listitem');
      await items.getByText('Reminders, for Big Group', { exact: true }).waitFor();
      await expect.poll(() => items.count()).toBe(50);
      await page.getByRole('button', { name: 'More' }).click();
      await expect.poll(() => items.count()).toBe(100);
      expect(new Set(await items.allInnerTexts()).size).toBe(100);
    } finally {
      await frontend.close();
    }

    const app = join(folder, 'src/App.tsx');
    await writeFile(app, (await readFile(app, 'utf8')).replace('group.name}', 'group.title}'));
    await expect(run(folder, 'tsc', '-p', '.')).rejects.toMatchObject({
      stdout: expect.stringContaining('title') as string,
    });
  });
});
