import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenKey } from '../support/fixture.ts';
import { serveFixture, type TestServer } from './support/server.ts';
import { LANGUAGES } from '../../src/console/app/language/languages.ts';
import { buildConsole } from '../../src/console/build.ts';
import { CONSOLE_FOLDER, CONSOLE_MANIFEST, PAGES_FOLDER, PLAYGROUND } from '../../src/console/folder.ts';

let server: TestServer;
let page: string;

beforeAll(async () => {
  server = await serveFixture({ TRUSTED_DOCUMENTS: 'only' });
  page = await (await fetch(server.base)).text();
});
afterAll(() => server.close());

/** The path of each language's message file, found in the inline script that chooses the language. */
const messages = () =>
  [...page.matchAll(/(\w\w):[`"](\/assets\/\1-[^`"]+\.json)[`"]/g)].map(([, language = '', path = '']) => ({
    language,
    path,
  }));

const assets = () => [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);

describe('the files of the console', () => {
  test('have less than 170 kB of compressed JavaScript and messages on the first page, in every language', async () => {
    const size = async (path: string) => {
      const { headers } = await fetch(server.base + path, { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } });
      expect(headers.get('content-encoding')).toBe('gzip');
      return (await stat(join(CONSOLE_FOLDER, `${path}.gz`))).size;
    };
    const sizes = await Promise.all(
      assets()
        .filter((path) => path.endsWith('.js'))
        .map(size),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(messages().map(({ language }) => language)).toEqual(Object.keys(LANGUAGES).toSorted());
    const largest = Math.max(...(await Promise.all(messages().map(({ path }) => size(path)))));
    expect(sizes.reduce((sum, size) => sum + size, largest)).toBeLessThan(170_000);
  });

  test('are cached for ever, and are compressed when they are built', async () => {
    for (const path of [...assets(), ...messages().map((file) => file.path)]) {
      const plain = await readFile(join(CONSOLE_FOLDER, path));
      expect(brotliDecompressSync(await readFile(join(CONSOLE_FOLDER, `${path}.br`)))).toEqual(plain);
      expect(gunzipSync(await readFile(join(CONSOLE_FOLDER, `${path}.gz`)))).toEqual(plain);
      for (const encoding of ['br', 'gzip', 'identity']) {
        const response = await fetch(server.base + path, { headers: { 'accept-encoding': encoding } });
        expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
        expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
        expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
        expect(Buffer.from(await response.arrayBuffer())).toEqual(plain);
      }
    }
    expect((await fetch(`${server.base}/assets/nothing.js`)).status).toBe(404);
  });

  test.each(['/', '/campaigns/089de107-5553-4c07-ab00-092b7869dae1', '/groups', '/graphiql'])(
    'include a page with its own nonce and security headers at %s',
    async (path) => {
      const nonces = new Set<string>();
      for (let time = 0; time < 2; time += 1) {
        const response = await fetch(server.base + path);
        const policy = response.headers.get('content-security-policy') ?? '';
        const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
        expect(policy).toContain("default-src 'none'");
        expect(policy).not.toContain("script-src 'unsafe-inline'");
        expect(await response.text()).toContain(`nonce="${nonce}"`);
        nonces.add(nonce);
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
        expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      }
      expect(nonces.size).toBe(2);
    },
  );

  test('include each page of the console’s router, for programs too', async () => {
    const router = await readFile(join(import.meta.dirname, '../../src/console/app/app-shell.tsx'), 'utf8');
    const paths = [...router.matchAll(/<Route path="([^"]+)"/g)].map(([, path = '']) => path);
    const statuses = await Promise.all(
      paths.map(async (path) => {
        const address = path.replace(':uuid', '089de107-5553-4c07-ab00-092b7869dae1');
        return [path, (await fetch(server.base + address, { headers: { accept: '*/*' } })).status];
      }),
    );
    expect(paths).toContain('/people/tokens');
    expect(statuses).toEqual(paths.map((path) => [path, 200]));
  });

  test('include a page for unknown addresses; programs get JSON', async () => {
    const html = await fetch(`${server.base}/campaings`, { headers: { accept: 'text/html' } });
    expect(html.status).toBe(404);
    expect(await html.text()).toContain('<div id="app">');
    const json = await fetch(`${server.base}/campaings`);
    expect(json.status).toBe(404);
    expect(json.headers.get('content-type')).toContain('json');
    const options = await fetch(`${server.base}/campaings`, { method: 'OPTIONS', headers: { accept: 'text/html' } });
    expect([options.status, options.headers.get('allow')]).toEqual([404, null]);
  });
});

test('the playground’s page weighs little, and its editor less than 200 kB', async () => {
  const html = await (await fetch(`${server.base}/graphiql`)).text();
  const first = [...html.matchAll(/(?:src|href)="\/graphiql\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    ([, path = '']) => path,
  );
  expect(first).toHaveLength(2);
  const folder = join(CONSOLE_FOLDER, PLAYGROUND);
  const sizeOf = async (path: string) => (await stat(join(folder, `${path}.gz`))).size;
  const sum = async (paths: string[]) =>
    (await Promise.all(paths.map(sizeOf))).reduce((total, size) => total + size, 0);
  const later = (await readdir(join(folder, 'assets')))
    .map((name) => `assets/${name}`)
    .filter((name) => name.endsWith('.js') && !first.includes(name));
  expect(await sum(first)).toBeLessThan(20_000);
  expect(later.length).toBeGreaterThan(1);
  expect(await sum(later)).toBeLessThan(200_000);
});

test('the page describes itself', () => {
  expect(page).toMatch(/<meta name="description" content="[^"]+"/);
});

describe('the build', () => {
  test('is not repeated while the sources are the same', async () => {
    const index = join(PAGES_FOLDER, 'en.html');
    await utimes(index, 0, 0);
    await buildConsole();
    expect((await stat(index)).mtimeMs).toBe(0);
    expect((await readdir(CONSOLE_FOLDER)).toSorted()).toEqual([
      '.built-from',
      'assets',
      'licences.md',
      'pages',
      'playground',
      'service-worker.js',
    ]);
  });
});

const post = async (body: object) => {
  const response = await fetch(`${server.base}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenKey('viewer')}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
  return { status: response.status, data, code: errors?.[0]?.extensions.code };
};

describe('a server that runs registered operations only', () => {
  test('refuses other operations', async () => {
    expect(await post({ query: '{ viewer { role } }' })).toEqual({ status: 400, code: 'DOCUMENT_NOT_TRUSTED' });
  });

  test('runs the operations of the console', async () => {
    const manifest = JSON.parse(await readFile(CONSOLE_MANIFEST, 'utf8')) as Record<string, string>;
    const [hash = ''] = Object.entries(manifest).find(([, text]) => text.includes('query Viewer')) ?? [];
    const data = { viewer: { role: 'VIEWER', user: { email: 'viewer@nyota.example' } } };
    expect(await post({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } })).toMatchObject({
      status: 200,
      data,
    });
    expect(await post({ documentId: `sha256:${hash}` })).toMatchObject({ status: 200, data });
  });
});
