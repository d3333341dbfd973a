import { describe, expect, it } from 'vitest';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
const viewer = world.as('viewer');

/** The lists with pages. `ask` builds a query for a page with these arguments. */
const LISTS = [
  { list: 'campaigns', ask: (args: string) => `{ campaigns(${args}) { edges { cursor } } }` },
  { list: 'groups', ask: (args: string) => `{ groups(${args}) { edges { cursor } } }` },
  {
    list: 'Group.campaigns',
    ask: (args: string) => `{ group(by: { name: "Reporters" }) { campaigns(${args}) { edges { cursor } } } }`,
  },
];

describe.each(LISTS)('$list', ({ ask }) => {
  it.each([
    ['first: 0', '`first` is 0; it must be from 1 to 250.'],
    ['first: 251', '`first` is 251; it must be from 1 to 250.'],
    ['first: 1000000', '`first` is 1000000; it must be from 1 to 250.'],
    ['first: -1', '`first` is -1; it must be from 1 to 250.'],
    ['first: -5', '`first` is -5; it must be from 1 to 250.'],
    ['last: 0', '`last` is 0; it must be from 1 to 250.'],
    ['last: 251', '`last` is 251; it must be from 1 to 250.'],
    ['last: -5', '`last` is -5; it must be from 1 to 250.'],
    ['first: 1, last: 1', 'Give `first` or `last`, not both'],
  ])('refuses %s, and never caps it', async (args, message) => {
    const { text, errors, codes } = await viewer.ask(ask(args));
    expect(text).not.toContain('cursor":');
    expect(codes).toEqual(['BAD_USER_INPUT']);
    expect(errors[0]?.message).toContain(message);
  });

  it('refuses -5 as what it is also in a variable and beside a page that is too costly', async () => {
    const large = 'groups(first: 250) { nodes { campaigns(first: 30) { nodes { uuid } } } }';
    const document = `query ($first: Int) { large: ${large} ${ask('first: $first').slice(1)}`;
    const { codes, errors } = await viewer.ask(document, { first: -5 });
    expect([codes, errors[0]?.message]).toEqual([
      ['BAD_USER_INPUT'],
      expect.stringContaining('`first` is -5; it must be from 1 to 250.'),
    ]);
    expect((await viewer.ask(document, { first: 5 })).codes).toEqual([]);
  });

  it.each(['first: 1', 'first: 250', 'last: 1', 'last: 250', 'first: null, last: 1', 'after: null, before: null'])(
    'takes %s',
    async (args) => {
      expect(await viewer.ask(ask(args))).toMatchObject({ status: 200, errors: [] });
    },
  );

  it.each([
    ['any text', 'x'],
    ['nothing', ''],
    ['a number', '250'],
    ['text that is no base64', '%%%'],
    ['a NUL', 'a\\u0000b'],
  ])('refuses %s for a cursor', async (_what, cursor) => {
    for (const side of ['after', 'before']) {
      const { status, codes, errors } = await viewer.ask(ask(`first: 1, ${side}: "${cursor}"`));
      expect([status, codes]).toEqual([200, ['INVALID_CURSOR']]);
      expect(errors[0]?.message).toContain(`\`${side}\` is not a cursor of this list in this order`);
    }
  });

  it('refuses a cursor of another ordering', async () => {
    const cursor = async (order: string) => {
      const { text } = await viewer.ask(ask(`first: 1, orderBy: ${order}`));
      return /"cursor":"([^"]+)"/.exec(text)?.[1] ?? '';
    };
    const orders = ['CREATED', 'NAME'].flatMap((field) =>
      ['ASC', 'DESC'].map((direction) => `{ field: ${field}, direction: ${direction} }`),
    );
    for (const made of orders) {
      for (const used of orders) {
        const { codes } = await viewer.ask(ask(`first: 1, after: "${await cursor(made)}", orderBy: ${used}`));
        expect([made, used, codes]).toEqual([made, used, made === used ? [] : ['INVALID_CURSOR']]);
      }
    }
  });
});

it('refuses a cursor of another list', async () => {
  const { text } = await viewer.ask('{ groups(first: 1) { pageInfo { endCursor } } }');
  const cursor = /"endCursor":"([^"]+)"/.exec(text)?.[1] ?? '';
  expect((await viewer.ask(`{ campaigns(first: 1, after: "${cursor}") { totalCount } }`)).codes).toEqual([
    'INVALID_CURSOR',
  ]);
});

it.each([
  ['more than 100 UUIDs', `uuids: [${Array.from({ length: 101 }, () => `"${crypto.randomUUID()}"`).join()}]`],
  ['a UUID that is none', 'uuids: ["x"]'],
  ['more than 32 words', `search: "${Array.from({ length: 33 }, (_, place) => `word${place}`).join(' ')}"`],
  ['a time that is none', 'createdBefore: "2024-02-30"'],
  ['a group by two names', 'group: { name: "Reporters", uuidOrName: "Reporters" }'],
  ['a group by none', 'group: {}'],
])('refuses a filter with %s', async (_what, filter) => {
  const { data, codes } = await viewer.ask(`{ campaigns(filter: { ${filter} }) { totalCount } }`);
  expect(data).toBeNull();
  expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(codes[0]);
});

it.each(['campaigns', 'groups'])('takes 100 UUIDs in a filter of %s, and finds each of them', async (list) => {
  type Found = Record<string, { totalCount: number; nodes: { uuid: string }[] }>;
  const fields = 'totalCount nodes { uuid }';
  const all = await viewer.data<Found>(`{ ${list}(first: 100) { ${fields} } }`);
  const known = (all[list]?.nodes ?? []).map(({ uuid }) => uuid);
  const unknown = Array.from({ length: 100 - known.length }, () => crypto.randomUUID());
  const uuids = [...unknown, ...known];
  expect(uuids).toHaveLength(100);
  const text = JSON.stringify(uuids);
  const found = await viewer.data<Found>(`{ ${list}(first: 100, filter: { uuids: ${text} }) { ${fields} } }`);
  expect(found[list]).toEqual({ totalCount: known.length, nodes: all[list]?.nodes });
});

it.each([
  ['an empty list of UUIDs', 'uuids: []'],
  ['text that no name can contain', `search: "${'x'.repeat(65)}"`],
  ['a word longer than any name', `search: "${'y'.repeat(60_000)}"`],
  ['32 words that nobody has', `search: "${Array.from({ length: 32 }, (_, place) => `word${place}`).join(' ')}"`],
  ['short words that nobody has', 'search: "§ ¶"'],
  ['a group that does not exist', 'group: { name: "Nobody" }'],
  ['a group by a NUL', 'group: { name: "\\u0000" }'],
])('finds nothing by a filter with %s', async (_what, filter) => {
  const { campaigns } = await viewer.data<{ campaigns: { totalCount: number; nodes: unknown[] } }>(
    `{ campaigns(filter: { ${filter} }) { totalCount nodes { uuid } } }`,
  );
  expect(campaigns).toEqual({ totalCount: 0, nodes: [] });
});

it('takes every form of a time in a filter, and includes the moment itself', async () => {
  const count = async (filter: string) => {
    const query = `{ campaigns(filter: { ${filter} }) { totalCount } }`;
    return (await viewer.data<{ campaigns: { totalCount: number } }>(query)).campaigns.totalCount;
  };
  const { campaigns } = await viewer.data<{ campaigns: { nodes: { createdOn: string }[] } }>(
    '{ campaigns(first: 1) { nodes { createdOn } } }',
  );
  const newest = campaigns.nodes[0]?.createdOn ?? '';
  const all = await count('');
  expect(await count(`createdBefore: "${newest}"`)).toBe(all);
  expect(await count(`createdAfter: "${newest}"`)).toBeGreaterThan(0);
  expect(await count('createdAfter: "2001"')).toBe(all);
  expect(await count('createdBefore: "20010101T000000+0300"')).toBe(0);
});
