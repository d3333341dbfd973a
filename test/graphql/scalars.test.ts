import { describe, expect, it } from 'vitest';
import { readAnswer } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

describe('a value that is no UUID and no time is named in the error', () => {
  it.each([
    ['"x"'],
    ['5'],
    ['true'],
    ['[1, "a"]'],
    ['{a: 1}'],
    // An enum name that looks like a UUID. Only a string can be a UUID.
    ['a89de10755534c07ab00092b7869dae1'],
  ])('as it is in the document: %s', async (literal) => {
    const query = `{ campaign(uuid: ${literal}) { name } campaigns(filter: { createdAfter: ${literal} }) { totalCount } }`;
    const { codes, errors } = await world.as('admin').ask(query);
    expect(codes).toEqual(['GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_VALIDATION_FAILED']);
    expect(errors.map(({ message }) => message)).toEqual([
      `${literal} is not a UUID such as 089de107-5553-4c07-ab00-092b7869dae1.`,
      `${literal} is not an ISO 8601 time such as 2024-05-30T16:10:47Z.`,
    ]);
    const columns = [query.indexOf(literal) + 1, query.lastIndexOf(literal) + 1];
    expect(errors.map(({ locations }) => locations)).toEqual(columns.map((column) => [{ line: 1, column }]));
  });

  it('as it is in the variables', async () => {
    const { errors } = await world.as('admin').ask('query ($u: UUID!) { campaign(uuid: $u) { name } }', { u: [1] });
    expect(errors[0]?.message).toContain('got invalid value [1]; A list is not a UUID such as');
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('as what it is when it is 800 %s in each other', async (_what, open, close) => {
    const value = `${open.repeat(800)}1${close.repeat(800)}`;
    for (const [type, selection] of [
      ['UUID!', 'campaign(uuid: $it) { name }'],
      ['DateTime', 'campaigns(filter: { createdAfter: $it }) { totalCount }'],
      ['String', 'campaigns(filter: { search: $it }) { totalCount }'],
      ['Int', 'campaigns(first: $it) { totalCount }'],
      ['Boolean!', '__typename @include(if: $it)'],
      ['[UUID!]', 'campaigns(filter: { uuids: $it }) { totalCount }'],
      ['GroupKind', 'groups(filter: { kind: $it }) { totalCount }'],
      ['[GroupStatus!]', 'groups(filter: { statuses: $it }) { totalCount }'],
      ['CampaignFilter', 'campaigns(filter: $it) { totalCount }'],
    ]) {
      const response = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokenKey('admin')}`, 'content-type': 'application/json' },
        body: `{"query":"query ($it: ${type}) { ${selection} }","variables":{"it":${value}}}`,
      });
      const { status, codes } = await readAnswer(response);
      expect([type, status, codes[0]]).toEqual([type, 400, 'BAD_USER_INPUT']);
    }
  });
});

describe('a large value of a variable that cannot be used', () => {
  const unknown = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, place) => [`x${place}`, 1]));
  const filter = 'query ($it: CampaignFilter) { campaigns(filter: $it) { totalCount } }';

  it.each([
    ['an object with members that there are not', filter, unknown(1_000)],
    ['an object with a long text beside them', filter, { search: 'y'.repeat(500_000), ...unknown(60) }],
    [
      'objects in a list',
      'mutation ($it: CreateCampaignsInput!) { createCampaigns(input: $it) { clientMutationId } }',
      { campaigns: Array.from({ length: 40 }, () => unknown(1_000)) },
    ],
    ['an object in place of a number', 'query ($it: Int) { campaigns(first: $it) { totalCount } }', unknown(1_000)],
    ['a list in place of a text', 'query ($it: String) { campaigns(after: $it) { totalCount } }', [unknown(1_000)]],
    ['an object in place of a UUID', 'query ($it: UUID!) { campaign(uuid: $it) { name } }', unknown(1_000)],
    ['a text in place of a UUID', 'query ($it: UUID!) { campaign(uuid: $it) { name } }', 'a'.repeat(900_000)],
    [
      'a text in place of a time',
      'query ($it: DateTime) { campaigns(filter: { createdAfter: $it }) { totalCount } }',
      ' '.repeat(900_000),
    ],
    [
      'texts in place of an enum',
      'query ($it: [GroupStatus!]) { groups(filter: { statuses: $it }) { totalCount } }',
      ['READY'.repeat(100_000)],
    ],
  ])('is named by its beginning in each error, soon: %s', async (_what, query, it) => {
    const started = performance.now();
    const { errors, codes } = await world.as('admin').ask(query, { it });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(new Set(codes)).toEqual(new Set(['BAD_USER_INPUT']));
    expect(errors.length).toBeLessThanOrEqual(51);
    expect(errors[0]?.message).toMatch(/^Variable "\$it" got invalid value (\{ |\[\{ |An |")/);
    for (const { message } of errors) expect(message.length).toBeLessThan(600);
  });

  it('does not change what is told of members with odd names', async () => {
    const it = JSON.parse(`{"__proto__": 1, "toJSON": 2, "search": "${'y'.repeat(5_000)}"}`) as object;
    const { errors } = await world.as('admin').ask(filter, { it });
    for (const { message } of errors) expect(message.length).toBeLessThan(600);
    expect(errors.map(({ message }) => /Field "(\w+)" is not defined/.exec(message)?.[1])).toEqual([
      '__proto__',
      'toJSON',
    ]);
  });
});
