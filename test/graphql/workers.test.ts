import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { tokenCredentials } from '../../src/access/credentials.ts';
import { identify } from '../../src/access/identity.ts';
import type { Database } from '../../src/database/database.ts';
import { contextFactory } from '../../src/graphql/context.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { putFixture } from '../support/engine.ts';
import { campaignOf, fixture, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openFilledDatabase, openWorld } from '../support/world.ts';
import { QUERIES } from './support/queries.ts';

// Two servers with the same data. One runs all queries in workers, the other runs none there.
const own = () => ({ uuid: newUuid(), created_on: 0 });
const same = {
  ...fixture,
  memberships: fixture.memberships.map((row) => ({ ...row, ...own() })),
  tokens: fixture.tokens.map((row) => ({ ...row, ...own() })),
};
const workers = await openWorld({}, same, { costlyFrom: 0 });
const server = await openWorld({}, same, { costlyFrom: Number.POSITIVE_INFINITY });
// Give both databases the same epoch, because cursors of the feed contain it.
for (const { database } of [workers, server]) {
  await database.administer(({ db }) => db.updateTable('feed').set({ epoch: 'an epoch' }).execute());
}

const CREATE = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Vets" } }) { campaign { uuid } userErrors { code } }
}`;
const PAGE = '{ campaigns(first: 250) { nodes { uuid name } } }';

const PLAYGROUND: [string, string][] = readFileSync(
  join(import.meta.dirname, '../../src/playground/app/examples.graphql'),
  'utf8',
)
  .split('# ---')
  .filter((text) => !/^mutation/m.test(text))
  .map((text) => [`the playground’s ${/query (\w+)/.exec(text)?.[1]}`, text]);

const { uuid } = campaignOf(1, 'Reminders');
const CONSOLE: [string, string, Record<string, unknown>][] = Object.values(
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../src/console/app/generated/persisted-documents.json'), 'utf8'),
  ) as Record<string, string>,
)
  .filter((text) => text.startsWith('query'))
  .map((text) => [
    `the console’s ${/query (\w+)/.exec(text)?.[1]}`,
    text,
    { uuid, first: 7, filter: {}, orderBy: { field: 'NAME', direction: 'ASC' } },
  ]);

/** Requests that reach the executor in other ways, or that fail before or during execution. */
const OTHERS: [string, string, Record<string, unknown>?][] = [
  ['the schema', '{ __schema { types { name fields { name } } } }'],
  ['a list of ids', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['Q2FtcGFpZ246eA==', 'x'] }],
  ['a page of 250', '{ campaigns(first: 250) { edges { cursor node { id name group { name } } } totalCount } }'],
  [
    'pages in pages',
    '{ groups(first: 30) { nodes { name campaigns(first: 250) { nodes { uuid name createdOn } } } } }',
  ],
  ['an unknown campaign', `{ campaign(uuid: "${uuid.replace(/^.{8}/, '00000000')}") { name } }`],
  ['an error beside data', '{ viewer { role } campaigns(after: "x") { totalCount } }'],
  ['an error within a fragment', '{ ...F } fragment F on Query { a: campaigns(first: 0) { totalCount } }'],
  [
    'several wrong variables',
    'query ($a: Int!, $b: UUID!) { campaigns(first: $a) { totalCount } campaign(uuid: $b) { name } }',
    { a: 'x' },
  ],
  [
    'wrong values in quantity',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    { ids: Array.from({ length: 99 }, () => null) },
  ],
  ['several operations', 'query A { viewer { role } } query B { viewer { role } }'],
  ['a search', '{ campaigns(filter: { search: "é" }) { totalCount nodes { name } } }'],
];

describe('a query in a worker is answered as in the server’s process, byte for byte:', () => {
  it.each([...QUERIES, ...PLAYGROUND, ...CONSOLE, ...OTHERS])('%s', async (_what, query, variables) => {
    // In the second round the documents are known and the query is compiled.
    for (let time = 0; time < 2; time++) {
      const [inWorker, inServer] = await Promise.all([
        workers.as('admin').ask(query, variables),
        server.as('admin').ask(query, variables),
      ]);
      expect([inWorker.status, inWorker.text]).toEqual([inServer.status, inServer.text]);
      expect(inWorker.headers.get('content-type')).toBe(inServer.headers.get('content-type'));
    }
  });

  it('for every role, which the worker is told', async () => {
    for (const token of ['admin', 'editor', 'viewer', 'editor2', 'admin3'] as const) {
      const query =
        '{ viewer { email role workspace { uuid name } rateLimit { remaining } } campaigns { totalCount } }';
      expect((await workers.as(token).ask(query)).text).toBe((await server.as(token).ask(query)).text);
    }
  });

  it.each([
    '/campaigns.json',
    '/campaigns.json?archived=all&group=Vets',
    '/campaigns.json?after=2020-01-01&before=2020-01-01T00:00:00Z',
    '/campaigns.json?before=nonsense',
    '/campaigns.json?cursor=nonsense',
    `/campaigns.json?uuid=${uuid}`,
    '/groups.json',
    `/groups.json?name=${encodeURIComponent('Vets')}`,
    '/groups.json?manual_only=1',
  ])('REST’s %s', async (path) => {
    const [inWorker, inServer] = await Promise.all([
      workers.rest.ask(path, { as: 'admin' }),
      server.rest.ask(path, { as: 'admin' }),
    ]);
    expect(inWorker.status).toBe(inServer.status);
    expect(inWorker.body.toString()).toBe(inServer.body.toString().replaceAll(server.url, workers.url));
  });
});

it('a query in a worker runs no statement in the server’s process', async () => {
  await workers.as('admin').data('{ viewer { role } }');
  const before = workers.statements.length;
  await workers.as('admin').data(PAGE);
  expect(workers.statements.slice(before)).toEqual([]);
});

it('a query in a worker sees every write that was answered before', async () => {
  const client = workers.as('editor2');
  const total = async () =>
    (await client.data<{ campaigns: { totalCount: number } }>('{ campaigns { totalCount } }')).campaigns.totalCount;
  const before = await total();
  for (let made = 1; made <= 25; made++) {
    const { createCampaign } = await client.data<{ createCampaign: { userErrors: unknown[] } }>(CREATE, {
      name: `Seen at once ${made}`,
    });
    expect(createCampaign.userErrors).toEqual([]);
    expect(await total()).toBe(before + made);
  }
});

it('a worker reads the new log of the database when the old one was removed', async () => {
  const world = await openWorld({}, fixture, { costlyFrom: 0 });
  const client = world.as('editor2');
  await client.data(PAGE);
  rmSync(`${world.file}-wal`);
  expect(await client.ask(CREATE, { name: 'In the new log' })).toMatchObject({ status: 200, errors: [] });
  const { campaigns } = await client.data<{ campaigns: { nodes: { name: string }[] } }>(PAGE);
  expect(campaigns.nodes.map(({ name }) => name)).toContain('In the new log');
});

describe('a worker that cannot work', () => {
  it('because the database cannot be opened is an outage, and other requests go on', async () => {
    const folder = temporaryFolder();
    const world = await openWorld({ database: { engine: 'sqlite', file: folder } }, fixture, { costlyFrom: 100 });
    const { status, codes, headers, text } = await world.as('admin').ask(PAGE);
    expect([status, codes, headers.get('retry-after')]).toEqual([503, ['STORAGE_UNAVAILABLE'], '5']);
    expect(text).not.toContain(folder);
    const requestId = headers.get('x-request-id') ?? '';
    const errors = world.log.filter((line) => line.includes('"level":50'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(requestId);
    expect(errors[0]).toContain('cannot be read');
    expect(await world.as('admin').ask('{ viewer { role } }')).toMatchObject({ status: 200, errors: [] });
    expect((await world.as('admin').ask(PAGE)).codes).toEqual(['STORAGE_UNAVAILABLE']);
  });

  it('because another file has taken the place of the database does not read that file', async () => {
    const world = await openWorld({}, fixture, { costlyFrom: 100 });
    // The worker is started by the first query, and would open this file.
    renameSync(world.file, `${world.file}.away`);
    await putFixture(world.file);
    const client = world.as('admin');
    const { status, codes } = await client.ask(PAGE);
    expect([status, codes]).toEqual([503, ['STORAGE_UNAVAILABLE']]);
    renameSync(`${world.file}.away`, world.file);
    expect(await client.ask(PAGE)).toMatchObject({ status: 200, errors: [] });
  });

  it('reports a fault within a query as the server’s process does', async () => {
    const world = await openWorld({}, fixture, { costlyFrom: 0 });
    await world.database.administer(({ db }) => db.schema.alterTable('campaigns').renameTo('mislaid').execute());
    const { codes, status, text, headers } = await world
      .as('admin')
      .ask('{ viewer { role } campaigns { totalCount } }');
    expect([status, codes]).toEqual([200, ['INTERNAL_SERVER_ERROR']]);
    expect(text).not.toMatch(/sqlite|campaigns"? ?does|no such table/i);
    const requestId = headers.get('x-request-id');
    const errors = world.log.filter((line) => line.includes('"level":50')).map((line) => JSON.parse(line) as object);
    expect(errors).toEqual([
      expect.objectContaining({
        requestId,
        err: expect.objectContaining({ message: 'no such table: campaigns', code: 'SQLITE_ERROR' }),
      }),
    ]);
  });
});

describe('an operation whose time is up', () => {
  it('is ended, and answered with 503, TIMEOUT and Retry-After, by GraphQL and by REST', async () => {
    // The request timeout is 1 ms. No worker process starts within that time.
    const world = await openWorld({ requestTimeout: 1 }, fixture, { costlyFrom: 0 });
    const graphql = await world.as('admin').ask(PAGE);
    expect([graphql.status, graphql.codes, graphql.headers.get('retry-after')]).toEqual([503, ['TIMEOUT'], '5']);
    const rest = await world.rest.ask('/campaigns.json');
    expect([rest.status, rest.headers.get('retry-after')]).toEqual([503, '5']);
    expect(rest.json).toEqual({ detail: expect.stringContaining('took longer than 0.001 s') });
    expect(world.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('does not begin a write any more, and says so truly', async () => {
    const world = await openWorld({ requestTimeout: 200 });
    const other = new Sqlite(world.file);
    other.exec('begin immediate');
    const asked = world.as('editor2').ask(CREATE, { name: 'Too late' });
    const rest = world.rest.ask('/campaigns.json', { body: { name: 'Too late as well', group: 'Vets' } });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    other.exec('rollback');
    other.close();
    const { status, errors } = await asked;
    // An error without `outcome` means that nothing has changed.
    expect([status, errors.map(({ extensions }) => extensions)]).toEqual([503, [{ code: 'TIMEOUT' }]]);
    expect((await rest).status).toBe(503);
    const late = '{ campaigns(filter: { search: "Too late" }) { totalCount } }';
    expect(await world.as('editor2').data(late)).toEqual({ campaigns: { totalCount: 0 } });
    expect(await world.as('editor2').ask(CREATE, { name: 'In time' })).toMatchObject({ status: 200, errors: [] });
  });

  it('finishes a write that has begun, and says so', async () => {
    const database = await openFilledDatabase();
    const viewer = await identify(database, tokenCredentials(tokenKey('editor2')));
    if (viewer === null || viewer === 'expired') throw new Error('the fixture has the token');
    const time = new AbortController();
    const write: Database['write'] = (workspace, work) =>
      database.write(workspace, async (session) => {
        const result = await work(session);
        time.abort(new Error('the time is up'));
        return result;
      });
    const createContext = contextFactory({ forRequest: () => ({ reader: database.reader, write }) });
    const { campaigns } = createContext(
      { requestId: 'test', viewer, origin: 'graphql', rateLimit: null, observed: { codes: [] } },
      time.signal,
    );
    const group = { name: 'Vets' };
    expect(await campaigns.create({ name: 'Begun in time', group })).toHaveProperty('value.name', 'Begun in time');
    await expect(campaigns.create({ name: 'Begun too late', group })).rejects.toThrow('the time is up');
  });
});

it('a caller who goes away is no error, and the next query is answered', async () => {
  const world = await openWorld({}, fixture, { costlyFrom: 100 });
  const gone = new AbortController();
  const statements = world.statements.length;
  const asked = fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenKey('admin')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: PAGE }),
    signal: gone.signal,
  });
  asked.catch(() => {});
  // The request has arrived as soon as the statement that looks up the caller has run. No worker has started by then.
  while (world.statements.length === statements) await new Promise(setImmediate);
  gone.abort();
  await expect(asked).rejects.toThrow('aborted');
  expect((await world.as('admin').ask(PAGE)).status).toBe(200);
  expect(world.log.filter((line) => line.includes('the client went away'))).toHaveLength(1);
  expect(world.log.filter((line) => line.includes('"level":50'))).toEqual([]);
});
