import { globSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { pino } from 'pino';
import express from 'express';
import { getOperationAST } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticator } from '../../src/access/authenticate.ts';
import { failureCounter } from '../../src/access/failure-limit.ts';
import { identify } from '../../src/access/identity.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { observeRequests } from '../../src/observe/requests.ts';
import { contextFactory } from '../../src/graphql/context.ts';
import type { RunOperation } from '../../src/graphql/execution/operation.ts';
import { answerTags } from '../../src/graphql/execution/answer-tags.ts';
import { createRunOperation } from '../../src/graphql/execution/run-operation.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { Admission } from '../../src/http/admission.ts';
import { RequestTurns } from '../../src/http/request-turns.ts';
import { OpenStreams } from '../../src/http/streams/open-streams.ts';
import { Turns } from '../../src/http/turns.ts';
import { FeedWatch } from '../../src/model/feed-watch.ts';
import { prepareOperations, prepareSubscriptions } from '../../src/rest/prepare.ts';
import { restRoutes } from '../../src/rest/routes.ts';
import { tokenKey } from '../support/fixture.ts';
import { openFilledDatabase } from '../support/world.ts';

const database = await openFilledDatabase();
let server: Server;
/** The names of the executed operations. */
let executed: string[] = [];

beforeAll(async () => {
  const report = (error: Error) => console.error(error);
  const schema = createSchema();
  const run = createRunOperation(schema, report);
  const counted: RunOperation = (operation, context) => {
    executed.push(getOperationAST(operation.document)?.name?.value ?? '');
    return run(operation, context);
  };
  const routes = restRoutes({
    run: prepareOperations(schema, counted),
    follow: prepareSubscriptions(counted),
    streams: new OpenStreams(),
    roleNow: async () => 'editor' as const,
    report,
    authenticate: authenticator(
      (credentials) => identify(database, credentials),
      failureCounter(null),
      () => {},
    ),
    countRequest: async () => null,
    admission: new Admission(new RequestTurns(new Turns()), 10_000),
    tagOf: answerTags(database),
    passOn: null,
    createContext: contextFactory(database, {
      feed: new FeedWatch(database, (_workspace, work) => work()),
      database,
      bookmarkInterval: 20_000,
    }),
    requestTimeout: 10_000,
  });
  server = express()
    .set('query parser', false)
    .use(observeRequests(pino({ level: 'silent' }), createMetrics({ operations: [], codes: [] })))
    .use('/api/v2', routes)
    .listen(0, '127.0.0.1');
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
  { method: 'GET', path: 'changes.json', status: 200 },
  { method: 'HEAD', path: 'changes.json', status: 200 },
  { method: 'GET', path: 'workspace.json', status: 200 },
  { method: 'POST', path: 'groups.json', body: { name: 'Counted' }, status: 201 },
  {
    method: 'POST',
    path: 'groups.json?uuid=aa2b9403-5409-4f9f-8ca7-6533c476e986',
    body: { name: 'Veterinarians' },
    status: 200,
  },
  { method: 'DELETE', path: 'groups.json?uuid=711ae8ed-9223-4690-bfcb-800c226a529d', status: 204 },
])('$method $path runs one operation', async ({ method, path, body, status }) => {
  const response = await send(method, path, body);
  expect(response.status).toBe(status);
  expect(executed).toHaveLength(1);
});

const CAMPAIGN = 'uuid=212b6904-a7e8-44e7-8edc-fda73b5d91c7';
const GROUP = 'uuid=aa2b9403-5409-4f9f-8ca7-6533c476e986';
const ARCHIVED = 'uuid=92d5ec72-c617-4c5e-ace6-60df43f32a7c';
const SYSTEM = 'uuid=e941694d-af17-4582-acf0-99d8e8637935';
const UNKNOWN = 'uuid=00000000-0000-4000-8000-000000000000';

const required = ['This field is required.'];
const none: string[] = [];

/**
 * Writes whose failure is certain once the body is read. The server runs no mutation for them. It runs a CheckCampaign or
 * CheckGroup query, or no operation at all where `runs` is `none`.
 */
const FAILING = [
  { what: 'a campaign without members', path: 'campaigns.json', body: {}, status: 400, runs: none },
  { what: 'a campaign of a bad uuid', path: 'campaigns.json?uuid=x', body: {}, status: 400, runs: none },
  { what: 'a campaign whose body is no JSON', path: 'campaigns.json', body: '{', status: 400, runs: none },
  { what: 'a group without members', path: 'groups.json', body: {}, status: 400, runs: none },
  {
    what: 'no group, and a good name',
    path: 'campaigns.json',
    body: { name: 'Good' },
    status: 400,
    says: { group: required },
  },
  {
    what: 'no group, and a taken name',
    path: 'campaigns.json',
    body: { name: ' planting CALENDAR ' },
    status: 400,
    says: { name: ['This field must be unique.'], group: required },
  },
  {
    what: 'a group that is no text, and a name that breaks rules',
    path: 'campaigns.json',
    body: { name: `"${'x'.repeat(65)}`, group: [] },
    status: 400,
    says: {
      name: ['Cannot be longer than 64 characters.', 'Ensure this field has no more than 64 characters.'],
      group: ['Must be a string or integer'],
    },
  },
  {
    what: 'no name, and an unknown group',
    path: 'campaigns.json',
    body: { group: 'Nobody' },
    status: 400,
    says: { name: required, group: ['No such object: Nobody'] },
  },
  {
    what: 'no name, and a good group',
    path: 'campaigns.json',
    body: { name: null, group: 'Busy' },
    status: 400,
    says: { name: ['This field may not be null.'] },
  },
  {
    what: 'an update without members',
    path: `campaigns.json?${CAMPAIGN}`,
    body: {},
    status: 400,
    says: { name: required, group: required },
  },
  {
    what: 'an update to a taken name without a group',
    path: `campaigns.json?${CAMPAIGN}`,
    body: { name: 'Planting calendar' },
    status: 400,
    says: { name: ['This field must be unique.'], group: required },
  },
  { what: 'an update of an unknown campaign', path: `campaigns.json?${UNKNOWN}`, body: {}, status: 404 },
  { what: 'an update of an archived campaign', path: `campaigns.json?${ARCHIVED}`, body: {}, status: 404 },
  { what: 'an update of an archived campaign by no JSON', path: `campaigns.json?${ARCHIVED}`, body: '{', status: 404 },
  { what: 'an update by no JSON', path: `campaigns.json?${CAMPAIGN}`, body: '{', status: 400 },
  { what: 'no name for a group', path: `groups.json?${GROUP}`, body: {}, status: 400, says: { name: required } },
  { what: 'no name for a system group', path: `groups.json?${SYSTEM}`, body: {}, status: 403 },
  { what: 'no name for an unknown group', path: `groups.json?${UNKNOWN}`, body: {}, status: 404 },
  { what: 'a body without JSON for a system group', path: `groups.json?${SYSTEM}`, body: '{', status: 403 },
];

test.each(FAILING)('$what: refused without a mutation', async ({ path, body, status, says, runs }) => {
  const response = await send('POST', path, body);
  const answer = await response.json();
  expect([response.status, answer]).toEqual([status, says ?? answer]);
  expect(executed).toEqual(runs ?? [path.startsWith('campaigns') ? 'CheckCampaign' : 'CheckGroup']);
});

function send(method: string, path: string, body?: object | string): Promise<Response> {
  executed = [];
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}/api/v2/${path}`, {
    method,
    headers: { authorization: `Token ${tokenKey('editor2')}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

test('no code of REST imports the model or the database', () => {
  const files = globSync(join(import.meta.dirname, '../../src/rest/**/*.ts'));
  const imports = files.flatMap((file) => {
    const specifiers = readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g);
    return [...specifiers].map(([, specifier = '']) => `${basename(file)} imports ${specifier}`);
  });
  expect(imports).toContain('authorize.ts imports ../access/authenticate.ts');
  expect(imports.filter((one) => /\/(model|database|snapshot)\/|kysely|sqlite/.test(one))).toEqual([]);
});
