import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentNode } from 'graphql';
import { getIntrospectionQuery, getOperationAST, Kind, OperationTypeNode, parse } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { costOf, createMeasure } from '../../src/graphql/execution/measure.ts';
import { tooCostly } from '../../src/graphql/execution/would-pass.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { Client } from '../support/client.ts';
import { makeWorkspace } from '../support/workspace.ts';
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

/** The cost of an operation in a workspace with a million campaigns. */
function cost(document: string | DocumentNode, variables: Record<string, unknown> = {}, name?: string): number {
  const parsed = typeof document === 'string' ? parse(document) : document;
  const operation = getOperationAST(parsed, name);
  if (!operation) throw new Error('the document has no such operation');
  return costOf(measure(parsed, operation, variables), MILLION).cost;
}

/** The `extensions.cost` of a response. */
function costIn({ extensions }: { readonly extensions: Record<string, unknown> | undefined }): Refusal {
  return extensions?.['cost'] as Refusal;
}

interface Refusal {
  readonly requested: number;
  readonly limit: number;
  readonly wouldPass?: { pageSize?: number; without?: string[]; rootFields?: number };
}

const FOUR_UUIDS = [1, 2, 3, 4].map((n) => `"00000000-0000-4000-8000-00000000000${n}"`).join(' ');

describe('the cost of an operation', () => {
  it.each([
    ['{ viewer { role } }', 1],
    // One statement, the 11 rows that it returns, and 10 objects.
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
    // Each of the four UUIDs counts as three rows, for the page and for the count.
    [
      `{ campaigns(first: 10, filter: { uuids: [${FOUR_UUIDS}] }) { nodes { uuid } totalCount } }`,
      Math.ceil(1 + 12 / 16 + 10 + 1 + 12 / 16),
    ],
    ['{ webhooks { name } }', 20],
    ['{ webhooks { name failures { error } } }', 20 + 20 * 20],
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
    for (const count of [251, 10_001]) {
      const { codes, errors } = await ask(count);
      expect([codes, errors[0]?.message]).toEqual([
        ['BAD_USER_INPUT'],
        `\`ids\` has ${count} values; it can have at most 250.`,
      ]);
    }
  });

  it('follows the size of the workspace where a list may be read to its end', async () => {
    const groups = (count: number) =>
      makeWorkspace(world.database, { groups: Array.from({ length: count }, (_, n) => ({ name: `Group ${n}` })) });
    const fields = Array.from(
      { length: 30 },
      (_, n) => `a${n}: groups(first: 1, filter: { kind: SMART }) { totalCount }`,
    );
    const ask = async (count: number) =>
      new Client(world.url, (await groups(count)).key).ask(`{ ${fields.join(' ')} }`);
    const [few, many] = [costIn(await ask(1)), costIn(await ask(100))];
    expect(many.requested - few.requested).toBeGreaterThan(50);
  });

  it.each([
    ['a variable', 'query ($n: Int) { campaigns(first: $n) { nodes { uuid } } }', [{ n: 10 }, { n: 100 }]],
    [
      'a member of an input',
      'query ($f: CampaignFilter) { campaigns(first: 1, filter: $f, orderBy: { field: NAME }) { nodes { uuid } } }',
      [{ f: {} }, { f: { createdAfter: '2024' } }],
    ],
    [
      'an enum',
      'query ($o: CampaignOrder) { campaigns(first: 1, filter: { createdAfter: "2024" }, orderBy: $o) { nodes { uuid } } }',
      [{ o: { field: 'CREATED' } }, { o: { field: 'NAME' } }],
    ],
    [
      'a condition',
      'query ($counted: Boolean!) { campaigns(first: 1) { totalCount @include(if: $counted) } }',
      [{ counted: false }, { counted: true }],
    ],
    [
      'the words of a search',
      'query ($s: String) { campaigns(first: 1, filter: { search: $s }) { nodes { uuid } } }',
      [{ s: '' }, { s: 'one' }, { s: 'one two' }, { s: 'one two\u001fthree' }],
    ],
    [
      'the length of a list',
      'query ($ids: [UUID!]) { campaigns(first: 1, filter: { uuids: $ids }) { nodes { uuid } } }',
      [{ ids: [] }, { ids: Array.from({ length: 50 }, () => crypto.randomUUID()) }],
    ],
  ])('follows %s, also when the same operation was measured before', (_what, document, variables) => {
    const parsed = parse(document);
    const costs = [...variables, ...variables].map((values) => cost(parsed, values));
    expect(costs.slice(variables.length)).toEqual(costs.slice(0, variables.length));
    expect(costs.slice(0, variables.length)).toEqual(costs.slice(0, variables.length).toSorted((a, b) => a - b));
    expect(new Set(costs).size).toBe(variables.length);
  });

  it.each([
    ['a search of many words that are one', { search: 'a '.repeat(40) }, { search: 'a' }],
    ['a name of many words', { group: { name: 'a b c d e f g h i j k l m n o p q r s t' } }, { group: { name: 'a' } }],
  ])('is not made cheaper by %s', (_what, dear, plain) => {
    const document =
      'query ($f: CampaignFilter) { campaigns(first: 250, filter: $f, orderBy: { field: NAME }) { totalCount } }';
    expect(cost(document, { f: dear })).toBeGreaterThanOrEqual(cost(document, { f: plain }));
  });

  it.each([
    ['what it changes', 'campaigns { uuid group { name } }', 2],
    ['why nothing is changed', 'userErrors { code field message }', 1],
    ['the first of both, if that is dearer', 'campaigns { uuid group { name } } userErrors { code }', 2],
    [
      'the second, if that is dearer',
      'campaigns { uuid } userErrors { current { ... on Campaign { group { name } } } }',
      3,
    ],
    ['what a fragment selects', '...F ...F', 2],
    ['two lists of the same outcome together', 'campaigns { uuid } again: campaigns { uuid } userErrors { code }', 2],
  ])('of a mutation of many counts for each campaign %s', (_what, payload, each) => {
    const document = `
      mutation ($input: UpdateCampaignsInput!) { updateCampaigns(input: $input) { ${payload} } }
      fragment F on UpdateCampaignsPayload { campaigns { uuid } userErrors { code } }`;
    const units = (count: number) => {
      const campaigns = Array.from({ length: count }, () => ({ uuid: crypto.randomUUID(), archived: true }));
      return cost(payload.includes('...F') ? document : document.slice(0, document.indexOf('fragment')), {
        input: { campaigns },
      });
    };
    expect([1, 4, 250].map(units)).toEqual([1, 4, 250].map((count) => Math.ceil(20 + 1 + count * (3 / 4 + each))));
  });

  it('of a mutation of many has the searches of what it changes, and of what it is refused for', () => {
    const search = 'group { campaigns(first: 1, filter: { search: "malaria" }) { nodes { uuid } } }';
    const [neither, done, refused, both] = [
      'campaigns { uuid } userErrors { code }',
      `campaigns { ${search} } userErrors { code }`,
      `campaigns { uuid } userErrors { current { ... on Campaign { ${search} } } }`,
      `campaigns { ${search} } userErrors { current { ... on Campaign { ${search} } } }`,
    ].map((payload) =>
      cost(`mutation ($input: UpdateCampaignsInput!) { updateCampaigns(input: $input) { ${payload} } }`, {
        input: { campaigns: [{ uuid: crypto.randomUUID(), archived: true }] },
      }),
    ) as [number, number, number, number];
    for (const one of [done, refused]) expect(one).toBeGreaterThan(neither + 1_000);
    expect(both).toBeGreaterThanOrEqual(Math.max(done, refused));
  });

  it('is not made cheaper by an operation with unusable variables before it', () => {
    const parsed = parse('query ($u: [UUID!]) { campaigns(filter: { uuids: $u }) { nodes { uuid } } }');
    expect(cost(parsed, { u: ['not a UUID'] })).toBe(0);
    expect(cost(parsed, { u: [crypto.randomUUID()] })).toBeGreaterThan(50);
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
    ['introspection', getIntrospectionQuery(), 400],
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
const EXAMPLES = readFileSync(join(FOLDERS, 'playground/app/examples.graphql'), 'utf8').split('# ---');
const REST = readdirSync(join(FOLDERS, 'rest/operations')).map((file) =>
  readFileSync(join(FOLDERS, 'rest/operations', file), 'utf8'),
);
const CONSOLE = Object.values(
  JSON.parse(readFileSync(join(FOLDERS, 'console/app/generated/persisted-documents.json'), 'utf8')) as Record<
    string,
    string
  >,
);

/** These operations search, and most of them count the matches. Either may look at every campaign, so they may use most of the limit. */
const SEARCHES = new Set(['Campaigns', 'StartCampaigns', 'Find', 'SearchCampaigns']);

/** These operations take many campaigns, so with the largest input they may use a good part of the limit. */
const OF_MANY: Readonly<Record<string, number>> = {
  UpdateCampaigns: 1_000,
  DeleteCampaigns: 500,
  ImportCampaigns: 750,
  PlanCampaignImport: 9_000,
};

/** The variables with which the operations of this repository cost the most. */
const WORST: Record<string, unknown> = {
  first: 250,
  last: 250,
  counted: true,
  backwards: false,
  archived: false,
  after: 'a cursor',
  search: 'malaria',
  filter: { search: 'malaria', archived: false },
  orderBy: { field: 'NAME', direction: 'ASC' },
  uuids: Array.from({ length: 100 }, () => crypto.randomUUID()),
  uuid: crypto.randomUUID(),
  group: { uuid: crypto.randomUUID() },
  input: { name: 'a', group: { name: 'a' }, uuid: crypto.randomUUID() },
  name: 'a name',
  url: 'https://receiver.example',
  email: 'a@b.example',
  role: 'VIEWER',
  expectedRevision: 1,
  rows: Array.from({ length: 10_000 }, () => ({ name: 'a name', group: 'a group' })),
  campaigns: Array.from({ length: 250 }, () => ({ uuid: crypto.randomUUID(), expectedRevision: 1 })),
  ids: Array.from({ length: 250 }, () => crypto.randomUUID()),
  kind: 'SMART',
  createdBefore: '2024',
  from: 'OLDEST',
};

describe('the operations of this repository, with a million campaigns,', () => {
  const operations = [...CONSOLE, ...EXAMPLES, ...REST].flatMap((text) => {
    const document = parse(text);
    return document.definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [{ name: node.name?.value ?? '', kind: node.operation, document }] : [],
    );
  });

  it.each(operations)('$kind $name is far below the ceiling', ({ name, kind, document }) => {
    const operation = getOperationAST(document, name);
    const known = operation?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
    const variables = Object.fromEntries(Object.entries(WORST).filter(([variable]) => known.includes(variable)));
    // A page takes either `first` or `last`.
    if (known.includes('first')) delete variables['last'];
    if (kind === OperationTypeNode.MUTATION && name.startsWith('Delete'))
      variables['input'] = { uuid: crypto.randomUUID() };
    if (name === 'UpdateWebhook') variables['input'] = { uuid: crypto.randomUUID(), expectedRevision: 1, url: 'a' };
    if (name === 'CreateCampaign') variables['input'] = { name: 'a', group: { name: 'a' } };
    if (name === 'Activity') variables['filter'] = { actors: ['a@b.example'], madeAfter: '2024', madeBefore: '2025' };
    const units = cost(document, variables, name);
    const isMutation = kind === OperationTypeNode.MUTATION;
    expect(units).toBeGreaterThan(0);
    expect(units).toBeLessThan(OF_MANY[name] ?? (isMutation ? 100 : SEARCHES.has(name) ? 10_000 : 2_500));
  });
});

it('of a page of one user’s changes reads as many ranges as docs/limits.md says', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/limits.md'), 'utf8');
  const pairs = Number(/\((\d+) pairs if the filter names neither\)/.exec(docs)?.[1]);
  const page = 'first: 15, filter: { actors: ["a@b.example"]';
  const all = cost(`{ changes(${page} }) { nodes { uuid } } }`);
  const ofOnePair = cost(`{ changes(${page}, types: [CAMPAIGN], actions: [CREATED] }) { nodes { uuid } } }`);
  // A range gives up to 16 rows, each of which costs a sixteenth.
  expect(all - ofOnePair).toBe(pairs - 1);
});

describe('lists in variables', () => {
  const numbers = Array.from({ length: 20 }, (_, n) => n);
  const actors = numbers.map((n) => `a${n}@b.example`);
  const uuids = numbers.map(() => crypto.randomUUID());
  const document = parse('query ($filter: ChangeFilter) { changes(first: 250, filter: $filter) { nodes { id } } }');
  const literal = (filter: string) =>
    cost(parse(`{ changes(first: 250, filter: { ${filter} }) { nodes { id } } }`), {});

  it('cost what the same lists in the document cost', () => {
    expect(cost(document, { filter: { actors } })).toBe(literal(`actors: ${JSON.stringify(actors)}`));
    expect(cost(document, { filter: { uuids, actions: ['CREATED'] } })).toBe(
      literal(`uuids: ${JSON.stringify(uuids)}, actions: [CREATED]`),
    );
  });

  it('cost the same whatever the operation was asked with before', () => {
    const repeated = { filter: { uuids: numbers.map(() => uuids[0]), types: ['GROUP', 'GROUP'] } };
    const different = { filter: { uuids: numbers.map(() => crypto.randomUUID()), types: ['GROUP', 'CAMPAIGN'] } };
    const before = cost(parse('query ($filter: ChangeFilter) { changes(filter: $filter) { totalCount } }'), different);
    const again = parse('query ($filter: ChangeFilter) { changes(filter: $filter) { totalCount } }');
    cost(again, repeated);
    expect(cost(again, different)).toBe(before);
    expect(before).toBeGreaterThan(20);
  });
});

describe('introspection', () => {
  it('by the standard query passes, and is counted', async () => {
    const { codes, extensions } = await viewer.ask(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }));
    expect(codes).toEqual([]);
    expect(costIn({ extensions }).requested).toBeGreaterThan(50);
  });

  it('that names the fields of the types of fields again and again is refused by validation', async () => {
    const nested = '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }';
    expect((await viewer.ask(nested)).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('costs what it returns, however it is unfolded', async () => {
    const fields = Array.from(
      { length: 28 },
      (_, n) => `a${n}: fields { type { fields { type { name } args { name } } } }`,
    );
    const { codes, extensions } = await viewer.ask(`{ __schema { types { ${fields.join(' ')} } } }`);
    expect(codes).toEqual([]);
    expect(costIn({ extensions }).requested).toBeGreaterThan(2_000);
  });

  it('counts aliases within it', async () => {
    const fields = Array.from({ length: 31 }, (_, n) => `a${n}: name`);
    expect((await viewer.ask(`{ __schema { queryType { ${fields.join(' ')} } } }`)).codes).toEqual([
      'TOO_MANY_ALIASES',
    ]);
  });

  it('is measured once, however often its operation is measured for what would pass', () => {
    const document = parse(`{ campaigns(first: 250) { nodes { group { campaigns(first: 250) { nodes { name } } } } }
      __schema { types { fields { type { fields { type { fields { name } } } } } } } }`);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('the document has no operation');
    const measured = measure(document, operation);
    const walks = vi.spyOn(schema, 'getTypeMap');
    tooCostly(costOf(measured, MILLION), measured.again(MILLION));
    expect(walks).toHaveBeenCalledTimes(1);
    walks.mockRestore();
  });

  it('counts the fields of a spread fragment once for each time', () => {
    const fragment = 'fragment F on __Type { fields { type { name } } }';
    const [once, twice] = [
      '{ __schema { types { ...F } } }',
      '{ __schema { types { ...F } } b: __schema { types { ...F } } }',
    ];
    expect(cost(`${twice} ${fragment}`)).toBeGreaterThanOrEqual(2 * cost(`${once} ${fragment}`) - 1);
  });
});

describe('a refusal', () => {
  it('says with which pages the operation passes, and it does pass', async () => {
    const document = (size: number) =>
      `{ groups(first: ${size}) { nodes { campaigns(first: ${size}) { nodes { uuid } } } } }`;
    const { errors, extensions } = await viewer.ask(document(250));
    const { requested, limit, wouldPass } = costIn({ extensions });
    expect(limit).toBe(10_000);
    expect(errors[0]?.message).toBe(
      `The operation may cost ${requested}; at most 10000 is allowed. It passes with pages of at most ${wouldPass?.pageSize}.`,
    );
    expect(errors[0]?.extensions).toEqual({ code: 'TOO_COSTLY', requested, limit, wouldPass });
    const size = wouldPass?.pageSize ?? 0;
    expect((await viewer.ask(document(size))).codes).toEqual([]);
    expect((await viewer.ask(document(size + 1))).codes).toEqual(['TOO_COSTLY']);
  });

  it('of a mutation comes at a tenth of the ceiling, because mutations run on the main thread', async () => {
    const payload = 'campaigns(first: 250) { nodes { group { name } } }';
    const mutation = (n: number) =>
      `mutation { ${Array.from({ length: n }, (_, i) => `a${i}: createGroup(input: { name: "Group ${i}" }) { group { ${payload} } }`).join(' ')} }`;
    const { codes, extensions } = await world.as('editor').ask(mutation(2));
    expect([codes, costIn({ extensions }).limit]).toEqual([['TOO_COSTLY'], 1_000]);
    expect((await world.as('editor').ask(mutation(1))).codes).toEqual([]);
  });

  it('of many mutations says how many are allowed, and none of them has run', async () => {
    const mutation = `mutation { ${Array.from({ length: 11 }, (_, i) => `a${i}: createGroup(input: { name: "Many ${i}" }) { group { uuid } }`).join(' ')} }`;
    const { errors } = await world.as('editor').ask(mutation);
    expect(errors[0]).toMatchObject({
      message: 'The operation has 11 mutations; at most 10 are allowed.',
      extensions: { code: 'TOO_MANY_ROOT_FIELDS', requested: 11, limit: 10 },
    });
    expect(await viewer.data('{ group(by: { name: "Many 0" }) { uuid } }')).toEqual({ group: null });
  });

  const advice = (document: string): unknown => {
    const parsed = parse(document);
    const operation = getOperationAST(parsed);
    if (!operation) throw new Error('the document has no operation');
    const measured = measure(parsed, operation);
    return tooCostly(costOf(measured, MILLION), measured.again(MILLION)).extensions['wouldPass'];
  };
  const counts = (n: number) =>
    `{ ${Array.from({ length: n }, (_, i) => `a${i}: campaigns(first: 1, filter: { createdAfter: "2024" }) { totalCount }`).join(' ')} }`;

  it.each([
    ['counts of long lists', counts(30), { without: ['totalCount'] }],
    [
      'one field after the other',
      `{ ${Array.from({ length: 3 }, (_, i) => `a${i}: groups(first: 1) { nodes { campaigns(first: 1, filter: { search: "malaria" }) { nodes { uuid } } } }`).join(' ')} }`,
      {},
    ],
  ])('names %s', (_what, document, wouldPass) => {
    expect(advice(document)).toEqual(wouldPass);
  });
});
