import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionResult } from 'graphql';
import { execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identify } from '../../src/access/identity.ts';
import type { Database } from '../../src/database/database.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import { compiledQueries } from '../../src/graphql/execution/compiled.ts';
import type { Context } from '../../src/graphql/context.ts';
import { contextFactory } from '../../src/graphql/context.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { parseSnapshot } from '../../src/snapshot/format.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';

const FIXTURE = join(import.meta.dirname, '../contract/fixture.json');
const CAMPAIGN = '089de107-5553-4c07-ab00-092b7869dae1';
const GROUP = '7b59802d-39af-4e59-bf7b-c2ecbaac1ef5';

/** Queries in which the two executors could differ: variables, defaults, fragments, directives, lists, nulls, errors. */
const QUERIES: [what: string, query: string, variables?: Record<string, unknown>][] = [
  [
    'a page',
    '{ campaigns(first: 3) { edges { cursor node { id uuid name archived createdOn group { uuid name } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }',
  ],
  ['the last page', '{ campaigns(last: 3) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }'],
  [
    'all of a group',
    '{ campaigns(first: 5) { nodes { group { id name query status system contactCount createdOn } } } }',
  ],
  [
    'groups and their campaigns',
    '{ groups(first: 20) { nodes { name campaigns(first: 2) { totalCount nodes { name } pageInfo { hasNextPage } } } } }',
  ],
  ['an order that is given', '{ campaigns(first: 3, orderBy: { field: NAME }) { nodes { name } } }'],
  [
    'an order in a variable',
    'query ($o: CampaignOrder) { campaigns(first: 3, orderBy: $o) { nodes { name } } }',
    { o: { field: 'NAME', direction: 'DESC' } },
  ],
  [
    'an order that is null',
    'query ($o: CampaignOrder) { campaigns(first: 3, orderBy: $o) { nodes { name } } }',
    { o: null },
  ],
  [
    'a variable that is not given',
    'query ($first: Int, $archived: Boolean) { campaigns(first: $first, filter: { archived: $archived }) { totalCount } }',
  ],
  [
    'a variable that is null',
    'query ($archived: Boolean) { campaigns(filter: { archived: $archived }) { totalCount } }',
    { archived: null },
  ],
  ['a variable with a default', 'query ($first: Int = 2) { campaigns(first: $first) { nodes { name } } }'],
  [
    'a filter in a variable',
    'query ($f: CampaignFilter) { campaigns(filter: $f) { totalCount } }',
    { f: { search: 'loan', createdAfter: '2024-01' } },
  ],
  [
    'a filter of one of several',
    'query ($g: GroupReference!) { group(by: $g) { name } campaigns(filter: { group: $g }) { totalCount } }',
    { g: { name: 'reporters' } },
  ],
  [
    'a list from a single value',
    'query ($u: [UUID!]) { campaigns(filter: { uuids: $u }) { nodes { name } } }',
    { u: CAMPAIGN },
  ],
  [
    'fragments and aliases',
    'query { a: campaign(uuid: "' +
      CAMPAIGN +
      '") { ...F } b: group(by: { uuid: "' +
      GROUP +
      '" }) { ... on Group { n: name } } } fragment F on Campaign { name group { ...G } } fragment G on Group { name }',
  ],
  [
    'skipped and included fields',
    'query ($yes: Boolean!, $no: Boolean!) { viewer { role @include(if: $yes) user @skip(if: $yes) { email } workspace @include(if: $no) { name } } }',
    { yes: true, no: false },
  ],
  [
    'nodes of several types',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Campaign { name } ... on Group { status } } }',
    {
      ids: [
        Buffer.from(`Campaign:${CAMPAIGN}`).toString('base64url'),
        'nothing',
        Buffer.from(`Group:${GROUP}`).toString('base64url'),
      ],
    },
  ],
  ['what there is not', '{ campaign(uuid: "00000000-0000-4000-8000-000000000000") { name } node(id: "x") { id } }'],
  ['a UUID in other letters', 'query ($u: UUID!) { campaign(uuid: $u) { uuid } }', { u: CAMPAIGN.toUpperCase() }],
  ['type names', '{ __typename viewer { __typename } campaigns(first: 1) { __typename nodes { __typename } } }'],
  ['a field asked for twice', '{ viewer { role } viewer { role user { email } } }'],
  ['an argument that is refused', '{ viewer { role } campaigns(first: 0) { totalCount } }'],
  ['a cursor that is refused', '{ campaigns(after: "zzz") { totalCount } }'],
  ['a variable of the wrong type', 'query ($first: Int) { campaigns(first: $first) { totalCount } }', { first: 'ten' }],
  ['a variable that is missing', 'query ($u: UUID!) { campaign(uuid: $u) { name } }'],
  ['a UUID that is none', 'query ($u: UUID!) { campaign(uuid: $u) { name } }', { u: 'x' }],
  [
    'a time that is none',
    'query ($t: DateTime) { campaigns(filter: { createdAfter: $t }) { totalCount } }',
    { t: 'yesterday' },
  ],
  [
    'two references at once',
    'query ($g: GroupReference!) { group(by: $g) { name } }',
    { g: { name: 'x', uuid: GROUP } },
  ],
];

const folder = mkdtempSync(join(tmpdir(), 'campaigns-'));
const schema = createSchema();
let database: Database;
let context: () => Context;

beforeAll(async () => {
  database = openSqlite(join(folder, 'test.db'));
  await database.migrate();
  await loadSnapshot(database, parseSnapshot(readFileSync(FIXTURE, 'utf8')));
  const viewer = await identify(database, { kind: 'token', key: '69CVPMGQMC4KSPVS9HUJV96G77PXW66RR822892C' });
  if (!viewer || viewer === 'expired') throw new Error('the fixture has no administrator');
  const createContext = contextFactory(database);
  context = () => createContext({ requestId: 'test', viewer, rateLimit: null });
});

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** The result as a client sees it. */
const shown = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));

describe('a query that is compiled answers what graphql-js answers', () => {
  test.each(QUERIES)('%s', async (_what, query, variables) => {
    const document = parse(query);
    const run = compiledQueries(schema);
    expect(run({ document, variables }, context())).toBeNull();
    const compiled = await run({ document, variables }, context());
    const plain = await execute({ schema, document, variableValues: variables, contextValue: context() });

    expect(compiled).not.toBeNull();
    expect(shown(compiled ?? {})).toEqual(shown(plain));
  });

  test('and keeps the error that was thrown, for its extensions', async () => {
    const document = parse('{ campaigns(after: "zzz") { totalCount } }');
    const run = compiledQueries(schema);
    await run({ document }, context());
    const result = await run({ document }, context());
    expect(result?.errors?.map(({ extensions }) => extensions.code)).toEqual(['INVALID_CURSOR']);
  });
});

test.each([
  [
    'a mutation',
    'mutation { deleteCampaign(input: { uuid: "00000000-0000-4000-8000-000000000000" }) { deletedCampaignId } }',
  ],
  ['introspection', '{ __schema { types { name } } }'],
])('%s is left to graphql-js', (_what, query) => {
  const document = parse(query);
  const run = compiledQueries(schema);
  expect([run({ document }, context()), run({ document }, context()), run({ document }, context())]).toEqual([
    null,
    null,
    null,
  ]);
});
