import { globSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identify } from '../../src/access/identity.ts';
import { contextFactory } from '../../src/graphql/context.ts';
import type { Execute } from '../../src/graphql/execute.ts';
import { createExecute } from '../../src/graphql/execute.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { prepareOperations } from '../../src/rest/prepare.ts';
import { restRoutes } from '../../src/rest/routes.ts';
import { tokenKey } from '../support/fixture.ts';
import { openFilledDatabase } from '../support/world.ts';

const database = await openFilledDatabase();
let server: Server;
let executed = 0;

beforeAll(async () => {
  const report = (error: Error) => console.error(error);
  const schema = createSchema();
  const execute = createExecute(schema, report);
  const counted: Execute = (...operation) => {
    executed += 1;
    return execute(...operation);
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
afterAll(() => server.close());

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
    headers: { authorization: `Token ${tokenKey('editor2')}`, 'content-type': 'application/json' },
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
