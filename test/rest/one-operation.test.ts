import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identify } from '../../src/access/identity.ts';
import type { Database } from '../../src/database/database.ts';
import { openDatabase } from '../../src/database/open.ts';
import { contextFactory } from '../../src/graphql/context.ts';
import type { RunOperation } from '../../src/graphql/execution/operation.ts';
import { createRunOperation } from '../../src/graphql/execution/run-operation.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { prepareOperations } from '../../src/rest/prepare.ts';
import { restRoutes } from '../../src/rest/routes.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { fixture, key } from './support/served.ts';

let folder: string;
let database: Database;
let server: Server;
let executed = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'campaigns-'));
  database = openDatabase({ engine: 'sqlite', file: join(folder, 'campaigns.db') });
  await database.migrate();
  await loadSnapshot(database, fixture);

  const report = (error: Error) => console.error(error);
  const schema = createSchema();
  const run = createRunOperation(schema, report);
  const counted: RunOperation = (...operation) => {
    executed += 1;
    return run(...operation);
  };
  const routes = restRoutes({
    run: prepareOperations(schema, counted),
    identify: (credentials) => identify(database, credentials),
    countRequest: async () => null,
    createContext: contextFactory(database),
    report,
  });
  server = express().set('query parser', false).use('/api/v2', routes).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(async () => {
  server.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

test.each([
  { method: 'GET', path: 'campaigns.json', status: 200 },
  { method: 'HEAD', path: 'campaigns.json', status: 200 },
  { method: 'GET', path: 'campaigns.json?group=Vets&archived=all&after=2024', status: 200 },
  { method: 'POST', path: 'campaigns.json', body: { name: 'Counted', group: 'Vets' }, status: 201 },
  {
    method: 'POST',
    path: 'campaigns.json?uuid=212b6904-a7e8-44e7-8edc-fda73b5d91c7',
    body: { name: 'Counted again', group: 'Busy' },
    status: 200,
  },
  { method: 'GET', path: 'groups.json?name=vets', status: 200 },
  { method: 'POST', path: 'groups.json', body: { name: 'Counted' }, status: 201 },
  {
    method: 'POST',
    path: 'groups.json?uuid=aa2b9403-5409-4f9f-8ca7-6533c476e986',
    body: { name: 'Veterinarians' },
    status: 200,
  },
  { method: 'DELETE', path: 'groups.json?uuid=711ae8ed-9223-4690-bfcb-800c226a529d', status: 204 },
])('$method $path runs one operation', async ({ method, path, body, status }) => {
  const before = executed;
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/v2/${path}`, {
    method,
    headers: { authorization: `Token ${key('editor2')}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(status);
  expect(executed - before).toBe(1);
});

test('no code of REST imports the model or the database', () => {
  const files = globSync(join(import.meta.dirname, '../../src/rest/**/*.ts'));
  const imports = files.flatMap((file) => {
    const specifiers = readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g);
    return [...specifiers].map(([, specifier = '']) => `${basename(file)} imports ${specifier}`);
  });
  expect(imports).toContain('gate.ts imports ../access/identity.ts');
  expect(imports.filter((one) => /\/(model|database|snapshot)\/|kysely|sqlite/.test(one))).toEqual([]);
});
