import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clientFor } from '../support/client.ts';
import { FIXTURE } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const HOOK = join(import.meta.dirname, 'loaded-hook.ts');

/** Packages that only some servers need: with PostgreSQL, Redis, a live account, a webhook, a terminal, or a file to import. */
const FOR_SOME = new Set(['pg', '@redis/client', 'httpxy', 'request-filtering-agent', 'pino-pretty', 'csv-parse']);

/** Modules that an `import` of `node:http` would load; see src/node-http.ts. */
const WITH_IMPORTED_HTTP = new Set(['internal/deps/undici/undici', 'http2']);

it('a server loads nothing that it does not use, because it takes memory and time', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'loaded.json');
  const settings = inFile(join(folder, 'campaigns.db'));
  expect((await campaigns(['load', FIXTURE], settings)).code).toBe(0);
  const server = await serve(
    { ...settings, LOADED_FILE: file },
    [],
    [process.execPath, '--import', HOOK, 'src/main.ts', 'serve'],
  );
  await clientFor(server.url, 'admin2').data('{ campaigns { totalCount } }');
  expect(await server.stop()).toBe(0);
  const { packages, ofNode } = JSON.parse(readFileSync(file, 'utf8')) as Record<'packages' | 'ofNode', string[]>;
  expect(packages).toEqual(expect.arrayContaining(['graphql', 'kysely', 'better-sqlite3']));
  expect(ofNode).toContain('http');
  expect(packages.filter((name) => FOR_SOME.has(name))).toEqual([]);
  expect(ofNode.filter((name) => WITH_IMPORTED_HTTP.has(name))).toEqual([]);
}, 60_000);
