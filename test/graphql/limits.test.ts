import { describe, expect, it } from 'vitest';
import { readAnswer } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const editor = world.as('editor');
const viewer = world.as('viewer');

/** An operation in which fields are nested `depth` deep. */
function nested(depth: number): string {
  const fields = ['campaigns(first: 1)', 'nodes', 'group'];
  const path = Array.from({ length: depth - 1 }, (_, place) => fields[place % 3] ?? '');
  return `{ ${path.join(' { ')} { __typename }${' }'.repeat(depth - 1)}`;
}

const aliases = (count: number) => `{ ${Array.from({ length: count }, (_, n) => `a${n}: viewer { role }`).join(' ')} }`;

/** An operation with `count` lexical tokens. */
const words = (count: number) => `{ groups(filter: { statuses: [${'READY '.repeat(count - 16)}] }) { totalCount } }`;

/** A short document whose fragments each spread the next one ten times, so that it selects 10 ** `levels` fields. */
function bomb(levels: number, leaf: string): string {
  const spreads = (name: string) => `... ${name} `.repeat(10);
  const fragments = Array.from({ length: levels }, (_, n) => `fragment F${n} on Query { ${spreads(`F${n + 1}`)} }`);
  return `{ ...F0 } ${fragments.join(' ')} fragment F${levels} on Query { ${leaf} }`;
}

describe('an operation', () => {
  it.each([
    ['is 12 fields deep', nested(12), []],
    ['is 13 fields deep', nested(13), ['TOO_DEEP']],
    ['is 13 fields deep in a fragment', nested(13).replace('{', '{ ...F } fragment F on Query {'), ['TOO_DEEP']],
    ['has 30 aliases', aliases(30), []],
    ['has 30 fields and __typename at its root', aliases(30).replace('{', '{ __typename'), []],
    ['has 31 fields at its root', aliases(30).replace('{', '{ viewer { role }'), ['TOO_MANY_ROOT_FIELDS']],
    ['has one field at its root 31 times', `{ ${'viewer { role } '.repeat(31)} }`, []],
    ['has 31 aliases', aliases(31), ['TOO_MANY_ALIASES']],
    ['has 2,000 words and signs', words(2_000), []],
    ['has more', words(2_001), ['GRAPHQL_PARSE_FAILED']],
    ['costs up to 10,000', '{ groups(first: 89) { nodes { campaigns(first: 100) { nodes { uuid } } } } }', []],
    ['costs more', '{ groups(first: 90) { nodes { campaigns(first: 100) { nodes { uuid } } } } }', ['TOO_COSTLY']],
    [
      'costs more by pages of the usual size',
      `{ groups(first: 250) { nodes { campaigns { nodes { uuid } } } } }`,
      ['TOO_COSTLY'],
    ],
  ])('that %s', async (_what, document, codes) => {
    const answer = await viewer.ask(document);
    expect([answer.status, answer.codes]).toEqual([codes.length ? 400 : 200, codes]);
  });

  it.each([
    [
      'both page sizes',
      '{ campaigns(first: 1, last: 250) { nodes { group { campaigns(first: 200) { nodes { uuid } } } } } }',
    ],
    [
      'a page size of -1000000',
      '{ a: campaigns(first: -1000000) { nodes { uuid } } b: groups(first: 250) { nodes { campaigns(first: 250) { nodes { uuid } } } } }',
    ],
    [
      'a page size of null',
      '{ groups(first: null, last: 250) { nodes { campaigns(first: 250) { nodes { uuid } } } } }',
    ],
  ])('is not made cheaper by %s', async (_what, document) => {
    const { codes, data } = await viewer.ask(document);
    expect(['TOO_COSTLY', 'BAD_USER_INPUT']).toContain(codes[0]);
    expect(data ?? null).toBeNull();
  });

  it('is not made cheaper by a fragment that a small page spreads first', async () => {
    const document = `{
      small: groups(first: 1) { ...Campaigns }
      large: groups(first: 250) { ...Campaigns }
    }
    fragment Campaigns on GroupConnection { nodes { campaigns(first: 100) { nodes { uuid } } } }`;
    expect((await viewer.ask(document)).codes).toEqual(['TOO_COSTLY']);
  });

  it('is measured by the values of its variables', async () => {
    const document = 'query ($n: Int) { groups(first: $n) { nodes { campaigns(first: $n) { nodes { uuid } } } } }';
    expect((await viewer.ask(document, { n: 10 })).codes).toEqual([]);
    expect((await viewer.ask(document, { n: 250 })).codes).toEqual(['TOO_COSTLY']);
  });

  it('is measured by the defaults of its variables', async () => {
    const document =
      'query ($n: Int = 250) { groups(first: $n) { nodes { campaigns(first: $n) { nodes { uuid } } } } }';
    expect((await viewer.ask(document)).codes).toEqual(['TOO_COSTLY']);
  });

  it.each([
    ['fields', '__typename'],
    ['lists', 'campaigns(first: 1) { nodes { uuid } }'],
  ])('that would unfold into a billion %s is answered within a second', async (_what, leaf) => {
    const started = performance.now();
    const { status } = await viewer.ask(bomb(9, leaf));
    expect(status).toBeLessThan(500);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect((await viewer.ask('{ viewer { role } }')).status).toBe(200);
  });

  it.each([
    ['a fragment of itself', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
    ['a fragment that there is not', '{ ...A }'],
  ])('with %s is refused', async (_what, document) => {
    expect((await viewer.ask(document)).codes[0]).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('may have many fragments that select the same of one object, as components do', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `F${n}`);
    const fragments = names.map((name) => `fragment ${name} on Campaign { __typename id uuid name group { id name } }`);
    const { codes } = await viewer.ask(
      `{ campaigns { nodes { ${names.map((name) => `...${name}`).join(' ')} } } } ${fragments.join(' ')}`,
    );
    expect(codes).toEqual([]);
  });

  const roles = (times: number) => 'viewer { role } '.repeat(times);

  it('may have the same field 99 times in one place', async () => {
    expect((await viewer.ask(`{ ${roles(99)} }`)).codes).toEqual([]);
  });

  it.each([
    ['in one selection', `{ ${roles(100)} }`],
    ['in nested selections', `{ viewer { ... on Viewer { ${'role '.repeat(141)} } } }`],
    ['in inline fragments', `{ ${`... { ${roles(50)} } `.repeat(2)} }`],
    ['in many inline fragments of __typename', `{ ${`... { ${'__typename '.repeat(99)} } `.repeat(19)} }`],
    [
      'in fragments',
      `{ ...A ...B } fragment A on Query { ${roles(50)} ...B } fragment B on Query { ${roles(50)} ... { ...A } }`,
    ],
    ['in a fragment that is not used', `{ viewer { role } } fragment A on Query { ${roles(100)} }`],
    ['with other arguments', `{ ${Array.from({ length: 150 }, (_, n) => `node(id: "${n}") { id }`).join(' ')} }`],
    ['within fields that are merged', `{ ${`viewer { ${'member { email } '.repeat(20)} } `.repeat(20)} }`],
    ['where it would be left out', `{ ${'viewer @skip(if: true) { role } '.repeat(100)} }`],
  ])('with a field too often is refused before graphql-js compares each with each: %s', async (_where, document) => {
    const { codes, errors } = await viewer.ask(document);
    expect(codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(errors[0]?.message).toMatch(/^Validating the document takes more than 10000 comparisons/);
    expect(errors[0]?.locations).toHaveLength(2);
  });

  it('with very many fragments in one place is refused as well', async () => {
    const names = Array.from({ length: 150 }, (_, n) => `F${n}`);
    const { codes, errors } = await viewer.ask(
      `{ ${names.map((name) => `...${name}`).join(' ')} } ${names.map((name) => `fragment ${name} on Query { ${name}: __typename }`).join(' ')}`,
    );
    expect(codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(errors[0]?.message).toContain('spread fewer fragments');
  });

  it.each([
    ['UUID', 'query ($x: [UUID!]) { campaigns(filter: { uuids: $x }) { totalCount } }'],
    ['GroupStatus', 'query ($x: [GroupStatus!]) { groups(filter: { statuses: $x }) { totalCount } }'],
    ['CampaignImportRow', 'query ($x: [CampaignImportRow!]!) { campaignImport(rows: $x) { __typename } }'],
  ])('with very many wrong values of %s is refused at once', async (_type, query) => {
    const started = performance.now();
    const { status, codes } = await viewer.ask(query, { x: Array.from({ length: 45_000 }, () => 1) });
    expect(performance.now() - started).toBeLessThan(3_000);
    expect([status, new Set(codes)]).toEqual([400, new Set(['BAD_USER_INPUT'])]);
  });

  it('with a name that is longer than any is refused before it is validated', async () => {
    const named = (length: number) => `{ viewer { ${'a'.repeat(length)}: role } }`;
    expect((await viewer.ask(named(1_000))).codes).toEqual([]);
    const { codes, errors } = await viewer.ask(named(1_001));
    expect([codes, errors[0]?.message]).toEqual([
      ['GRAPHQL_VALIDATION_FAILED'],
      'A name has more than 1000 characters.',
    ]);
    const text = 'a'.repeat(2_000);
    expect((await viewer.ask(`{ campaigns(filter: { search: "${text}" }) { totalCount } }`)).codes).toEqual([]);
  });

  it('in a document that is longer than any is refused before it is parsed', async () => {
    const query = (length: number) => '{ viewer { role } }'.padEnd(length, '\n');
    expect((await viewer.ask(query(100_000))).codes).toEqual([]);
    const { status, codes, errors } = await viewer.ask(query(100_001));
    expect([status, codes]).toEqual([400, ['GRAPHQL_PARSE_FAILED']]);
    expect(errors[0]?.message).toBe(
      'The document has 100001 characters; it can have at most 100000. Send long values as variables.',
    );
  });

  it('whose name is longer than any is refused, and the name is not repeated', async () => {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenKey('viewer')}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { role } }', operationName: 'a'.repeat(1_001) }),
    });
    const { codes, errors } = await readAnswer(response);
    expect(codes).toEqual(['BAD_REQUEST']);
    expect(errors[0]?.message).toBe('`operationName` has 1001 characters; it can have at most 1000.');
  });

  it('with an object that has very many members is not parsed', async () => {
    const members = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, place) => [`k${place}`, 1]));
    expect((await viewer.ask('{ viewer { role } }', members(1_000))).codes).toEqual([]);
    const { status, codes, errors } = await viewer.ask('{ viewer { role } }', members(1_001));
    expect([status, codes]).toEqual([400, ['BAD_REQUEST']]);
    expect(errors[0]?.message).toBe('An object of the body has more than 1000 members. Send less at once.');
  });

  it('with lists in each other beyond any variable is not parsed', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 900; level += 1) deep = [deep];
    const { status, codes, errors } = await viewer.ask('{ viewer { role } }', { deep });
    expect([status, codes]).toEqual([400, ['BAD_REQUEST']]);
    expect(errors[0]?.message).toBe('The body is nested too deeply. Send less at once.');
  });

  it('with more values than the largest import has is not parsed', async () => {
    const query = 'query ($x: [String!]) { changes(filter: { actors: $x }) { totalCount } }';
    const { status, codes, errors } = await viewer.ask(query, { x: Array.from({ length: 50_001 }, () => '') });
    expect([status, codes]).toEqual([400, ['BAD_REQUEST']]);
    expect(errors[0]?.message).toBe('The body has more than 50000 values. Send less at once.');
  });

  it('may name each value of an enum as often as it likes', async () => {
    const query = `query ($statuses: [GroupStatus!], $types: [ChangeSubjectType!]) {
      groups(filter: { statuses: $statuses }) { totalCount }
      changes(filter: { types: $types, uuids: ["00000000-0000-4000-8000-000000000000"] }) { totalCount }
    }`;
    const many = (value: string) => Array.from({ length: 20_000 }, () => value);
    const { codes, data } = await viewer.ask(query, { statuses: many('READY'), types: many('GROUP') });
    expect(codes).toEqual([]);
    expect(data).toMatchObject({ changes: { totalCount: 0 } });
  });

  it('that is refused reads nothing', async () => {
    const before = world.statements.length;
    await viewer.ask('{ groups(first: 250) { nodes { campaigns(first: 250) { nodes { uuid } } } } }');
    // The statement that identifies the caller is allowed, because the server identifies the caller before it computes the cost.
    expect(world.statements.slice(before).filter((statement) => !statement.includes('api_tokens'))).toEqual([]);
  });
});

it.each(['toString', 'constructor', 'valueOf', '__proto__'])(
  'a variable $%s that is not given is none',
  async (name) => {
    const ask = (variable: string, first: number) =>
      viewer.ask(`query ($${variable}: String) {
      groups(first: ${first}, filter: { search: $${variable} }) { nodes { campaigns(first: ${first}) { nodes { name } } } }
    }`);
    const { extensions } = await ask('other', 5);
    expect(await ask(name, 5)).toMatchObject({ status: 200, extensions });
    const { status, codes } = await ask(name, 250);
    expect([status, codes]).toEqual([400, ['TOO_COSTLY']]);
  },
);

describe('the lists of the variables', () => {
  const UUIDS = 'query ($list: [UUID!]) { campaigns(filter: { uuids: $list }) { totalCount } }';
  const IDS = 'query ($list: [ID!]!) { nodes(ids: $list) { id } }';
  const CREATE = `mutation ($list: [NewCampaign!]!) {
    createCampaigns(input: { campaigns: $list }) { userErrors { code } }
  }`;
  const PLAN = 'query ($list: [CampaignImportRow!]!) { campaignImport(rows: $list) { refused } }';
  const IMPORT = `mutation ($input: ImportCampaignsInput!) { importCampaigns(input: $input) { refused } }`;
  const created = { name: 'x', group: { name: 'y' } };
  const many = (count: number, value: unknown) => Array.from({ length: count }, () => value);

  it.each([
    ['UUIDs', UUIDS, { list: many(12_501, 'no UUID') }, '12501 values'],
    ['ids', IDS, { list: many(12_501, 'x') }, '12501 values'],
    ['objects, whose members count', CREATE, { list: many(3_126, created) }, '12504 values'],
    ['rows of an import', PLAN, { list: many(12_501, { name: 1 }) }, '12501 rows'],
    ['rows in an input', IMPORT, { input: { rows: many(12_501, {}) } }, '12501 rows'],
  ])('are refused before they are coerced when they have too many %s', async (_what, document, variables, had) => {
    const { status, codes, errors, extensions } = await editor.ask(document, variables);
    expect([status, codes]).toEqual([400, ['BAD_USER_INPUT']]);
    expect(errors[0]?.message).toBe(`The lists of the variables have ${had} in all; they can have at most 12500.`);
    expect(extensions).toEqual({ cost: { requested: 0, limit: 10_000 } });
  });

  it.each([
    ['ids', IDS, { list: many(12_500, 'x') }, '`ids` has 12500 values; it can have at most 250.'],
    ['objects', CREATE, { list: many(3_000, created) }, '`campaigns` has 3000 values; it can have at most 250.'],
    ['rows', PLAN, { list: many(10_001, {}) }, '`rows` has 10001 values; it can have at most 10000.'],
  ])('are refused by the field when it takes fewer %s', async (_what, document, variables, message) => {
    const { codes, errors } = await editor.ask(document, variables);
    expect([codes, errors[0]?.message]).toEqual([['BAD_USER_INPUT'], message]);
  });

  it('may have a wrong row behind many right ones, which is found when they are read', async () => {
    const rows = [...many(400, { name: 'x', group: 'y' }), { name: 7 }];
    const { codes, errors } = await editor.ask(PLAN, { list: rows });
    expect([codes, errors[0]?.message]).toEqual([['BAD_USER_INPUT'], expect.stringContaining('"list[400].name"')]);
    expect(await editor.ask(PLAN, { list: rows.slice(0, 400) })).toMatchObject({
      data: { campaignImport: { refused: 400 } },
    });
  });
});
