import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentNode } from 'graphql';
import { getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { costOf, createMeasure } from '../../src/graphql/execution/measure.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const viewer = world.as('viewer');

const schema = createSchema();
const measure = createMeasure(schema);

/** A workspace with a million campaigns. */
const MILLION = new Map([
  ['campaigns', 1_000_000],
  ['groups', 2_000],
]);

/** What an operation costs in a workspace with a million campaigns. */
function cost(document: string | DocumentNode, variables: Record<string, unknown> = {}, name?: string): number {
  const parsed = typeof document === 'string' ? parse(document) : document;
  const operation = getOperationAST(parsed, name);
  if (!operation) throw new Error('the document has no such operation');
  return costOf(measure(parsed, operation, variables), MILLION).cost;
}

interface Refusal {
  readonly requested: number;
  readonly limit: number;
  readonly wouldPass?: { pageSize?: number; without?: string[]; rootFields?: number };
}

describe('the cost of an operation', () => {
  it.each([
    ['{ viewer { role } }', 1],
    // A statement, 11 rows that it gives, and 10 objects.
    ['{ campaigns(first: 10) { nodes { uuid } } }', Math.ceil(1 + 11 / 16 + 10)],
    ['{ campaigns(last: 10) { nodes { uuid } } }', Math.ceil(1 + 11 / 16 + 10)],
    ['{ campaigns { nodes { uuid } } }', Math.ceil(1 + 51 / 16 + 50)],
    ['{ campaigns(first: 10) { nodes { group { name } } } }', Math.ceil(1 + 11 / 16 + 20)],
    ['{ campaigns(first: 10) { totalCount } }', Math.ceil(1 + 11 / 16 + 1 + 1 / 16)],
    [
      '{ groups(first: 4) { nodes { campaigns(first: 15) { nodes { uuid } } } } }',
      Math.ceil(1 + 5 / 16 + 4 * (1 + 5 + 15)),
    ],
    [
      '{ a: groups(first: 2) { ...F } b: groups(first: 7) { ...F } } fragment F on GroupConnection { nodes { uuid } }',
      Math.ceil(2 + 11 / 16 + 9),
    ],
    [
      '{ a: groups(first: 7) { ...F } b: groups(first: 2) { ...F } } fragment F on GroupConnection { nodes { uuid } }',
      Math.ceil(2 + 11 / 16 + 9),
    ],
    ['{ viewer { role } campaigns(first: 250) @skip(if: true) { nodes { uuid } } }', 1],
    [`{ viewer { ${'role '.repeat(48)} } }`, 3],
  ])('of %s is %i, as extensions.cost says', async (document, expected) => {
    const { extensions } = await viewer.ask(document);
    expect(extensions).toEqual({ cost: { requested: expected, limit: 10_000 } });
    expect(cost(document)).toBe(expected);
  });

  it('counts the objects that are asked for by id, of which there can be 250', async () => {
    const ask = (count: number) =>
      viewer.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: count }, () => 'x') });
    for (const count of [40, 250]) {
      expect(await ask(count)).toMatchObject({ codes: [], extensions: { cost: { requested: count } } });
    }
    expect((await ask(251)).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('follows the size of the workspace where a list may be read to its end', async () => {
    const document = '{ groups(first: 1, filter: { kind: SMART }) { nodes { uuid } } }';
    const [small, large] = await Promise.all(
      ['admin2', 'admin'].map(async (token) => (await world.as(token as 'admin').ask(document)).extensions),
    );
    expect(small).not.toEqual(large);
  });
});

describe('with a million campaigns', () => {
  it.each([
    ['a page of 250', '{ campaigns(first: 250) { nodes { uuid } } }', 270],
    ['a page of 250 with groups', '{ campaigns(first: 250) { nodes { uuid group { name } } } }', 520],
    ['a page within times', '{ campaigns(filter: { createdAfter: "2024" }) { nodes { uuid } } }', 60],
    [
      'a page of a group',
      '{ campaigns(filter: { group: { name: "a" } }, orderBy: { field: NAME }) { nodes { uuid } } }',
      60,
    ],
    ['all kept counts', '{ campaigns(first: 1) { totalCount } groups(first: 1) { totalCount } }', 10],
    [
      'the count of a group',
      '{ campaigns(first: 1, filter: { group: { name: "a" }, archived: true }) { totalCount } }',
      5,
    ],
    [
      'a page of 100 UUIDs',
      `{ campaigns(filter: { uuids: ["${crypto.randomUUID()}"] }) { nodes { uuid } totalCount } }`,
      60,
    ],
    ['one campaign', `{ campaign(uuid: "${crypto.randomUUID()}") { name } }`, 1],
    ['introspection', getIntrospectionQuery(), 300],
  ])('%s is cheap', (_what, document, most) => {
    expect(cost(document)).toBeLessThanOrEqual(most);
  });

  it.each([
    [
      'times in an order by name',
      '{ campaigns(filter: { createdAfter: "2024" }, orderBy: { field: NAME }) { nodes { uuid } } }',
    ],
    [
      'whether there is more before a cursor, by times in an order by name',
      '{ campaigns(first: 1, after: "x", filter: { createdAfter: "2024" }, orderBy: { field: NAME }) { pageInfo { hasPreviousPage } } }',
    ],
  ])('%s is too costly', (_what, document) => {
    expect(cost(document)).toBeGreaterThan(10_000);
  });

  it('a count within times costs what counting an index costs', () => {
    const counted = cost('{ campaigns(first: 1, filter: { createdAfter: "2024" }) { totalCount } }');
    expect(counted).toBeGreaterThan(1_000);
    expect(counted).toBeLessThan(5_000);
  });
});

const FOLDERS = join(import.meta.dirname, '../../src');
const EXAMPLES = readFileSync(join(FOLDERS, 'playground/assets/examples.graphql'), 'utf8').split('# ---');
const REST = readdirSync(join(FOLDERS, 'rest/operations')).map((file) =>
  readFileSync(join(FOLDERS, 'rest/operations', file), 'utf8'),
);
const CONSOLE = Object.values(
  JSON.parse(readFileSync(join(FOLDERS, 'console/app/generated/persisted-documents.json'), 'utf8')) as Record<
    string,
    string
  >,
);

/** Values with which the operations of this repository cost the most. */
const WORST: Record<string, unknown> = {
  first: 250,
  counted: true,
  after: 'a cursor',
  search: 'malaria',
  filter: { search: 'malaria', archived: false },
  orderBy: { field: 'NAME', direction: 'ASC' },
  uuids: Array.from({ length: 100 }, () => crypto.randomUUID()),
  uuid: crypto.randomUUID(),
  group: { uuid: crypto.randomUUID() },
  input: { name: 'a', group: { name: 'a' }, uuid: crypto.randomUUID() },
  name: 'a name',
  kind: 'SMART',
  createdBefore: '2024',
};

describe('the operations of this repository, with a million campaigns,', () => {
  const operations = [...CONSOLE, ...EXAMPLES, ...REST].flatMap((text) => {
    const document = parse(text);
    return document.definitions.flatMap((node) =>
      node.kind === 'OperationDefinition' ? [{ name: node.name?.value ?? '', kind: node.operation, document }] : [],
    );
  });

  it.each(operations)('$kind $name is far below the ceiling', ({ name, kind, document }) => {
    const operation = getOperationAST(document, name);
    const known = operation?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
    const variables = Object.fromEntries(Object.entries(WORST).filter(([variable]) => known.includes(variable)));
    if (kind === 'mutation' && name.startsWith('Delete')) variables['input'] = { uuid: crypto.randomUUID() };
    if (name === 'CreateCampaign') variables['input'] = { name: 'a', group: { name: 'a' } };
    const units = cost(document, variables, name);
    expect(units).toBeGreaterThan(0);
    expect(units).toBeLessThan(kind === 'mutation' ? 100 : 2_500);
  });
});

describe('introspection', () => {
  it('by the standard query passes, and is counted', async () => {
    const { codes, extensions } = await viewer.ask(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }));
    expect(codes).toEqual([]);
    expect((extensions?.['cost'] as Refusal).requested).toBeGreaterThan(50);
  });

  it('that names the fields of the types of fields again and again is refused by validation', async () => {
    const nested = '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }';
    expect((await viewer.ask(nested)).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('that unfolds by aliases is refused, because it costs what it returns', async () => {
    const arguments_ = Array.from({ length: 25 }, (_, n) => `a${n}: args { type { ofType { ofType { name } } } }`);
    const { codes, extensions } = await viewer.ask(
      `{ __schema { types { fields { ${arguments_.join(' ')} } } } x: __schema { types { fields { ${arguments_.slice(0, 4).join(' ')} } } } }`,
    );
    expect((extensions?.['cost'] as Refusal).requested).toBeGreaterThan(2_000);
    expect(codes).toEqual([]);
    const names = (n: number) => `type { ${`name kind description `.repeat(n)} }`;
    const huge = `{ __schema { types { fields { args { ${names(150)} type { ofType { ${names(150)} } } } } } } }`;
    expect((await viewer.ask(huge)).codes.length).toBeLessThanOrEqual(1);
  });
});
