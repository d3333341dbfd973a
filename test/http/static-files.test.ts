import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { staticFiles } from '../../src/http/static-files.ts';
import { temporaryFolder } from '../support/folder.ts';
import { listen } from './support.ts';

const folder = join(temporaryFolder(), 'files');
const script = 'export const answer = 42;\n'.repeat(100);
mkdirSync(folder);
writeFileSync(join(folder, 'app.js'), script);
writeFileSync(join(folder, 'app.js.br'), brotliCompressSync(script));
writeFileSync(join(folder, 'app.js.gz'), gzipSync(script));
writeFileSync(join(folder, 'plain.css'), 'p {}');
writeFileSync(join(folder, 'gone.js'), script);
writeFileSync(join(folder, 'gone.js.br'), brotliCompressSync(script));
writeFileSync(join(folder, '..', 'secret.txt'), 'secret');

async function serve(names?: readonly string[]): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const app = express().use('/assets', staticFiles(folder, names));
  app.use((_request, response) => {
    response.status(404).json({ detail: 'Not found.' });
  });
  const { url } = await listen(app);
  return (path, init) => fetch(url + path, init);
}

describe('static files', () => {
  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
  ])('are sent compressed to clients that accept it: %s', async (accepted, encoding) => {
    const get = await serve();
    const response = await get('/assets/app.js', { headers: { 'accept-encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript; charset=utf-8$/i);
    expect(await response.text()).toBe(script);
  });

  it('are kept for good, with or without a compressed copy', async () => {
    const get = await serve();
    for (const path of ['/assets/app.js', '/assets/plain.css', '/assets/plain.css?v=1']) {
      const response = await get(path);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.status).toBe(200);
    }
  });

  it('answer HEAD with the headers alone, and no other method', async () => {
    const get = await serve();
    const head = await get('/assets/plain.css', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '4', '']);
    expect((await get('/assets/plain.css', { method: 'POST' })).status).toBe(404);
  });

  it('are those of the folder and no others', async () => {
    const get = await serve();
    for (const path of ['', '/', '/nothing.js', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/__proto__', '/%00']) {
      expect((await get(`/assets${path}`)).status).toBe(404);
    }
  });

  it('are the named ones only, when there are names', async () => {
    const get = await serve(['plain.css']);
    expect((await get('/assets/plain.css')).status).toBe(200);
    expect((await get('/assets/app.js')).status).toBe(404);
  });

  it('that have been removed since the server started are not found, and the answer can be read', async () => {
    const get = await serve();
    rmSync(join(folder, 'gone.js'));
    rmSync(join(folder, 'gone.js.br'));
    const response = await get('/assets/gone.js', { headers: { 'accept-encoding': 'br' } });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect([response.status, await response.json()]).toEqual([404, { detail: 'Not found.' }]);
  });
});
