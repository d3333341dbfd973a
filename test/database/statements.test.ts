import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { afterwards } from '../support/afterwards.ts';
import { tokenKey } from '../support/fixture.ts';
import { Client } from '../support/client.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();

/** The statements that a request runs, except those that identify the caller and those that read the workspace's size. */
async function statementsOf(request: () => Promise<unknown>): Promise<string[]> {
  const before = world.statements.length;
  await request();
  return world.statements
    .slice(before)
    .filter((statement) => !statement.includes('api_tokens') && !SIZES.test(statement));
}

const SIZES = /from "list_counts" where "workspace_id" = \S+ and "parent_id" = 0$/;

const query = (document: string) => statementsOf(() => world.as('admin').data(document));

const PAGE = 'nodes { uuid name group { uuid name } } edges { cursor } pageInfo { startCursor endCursor }';

describe('a request', () => {
  it('identifies the caller with one statement, and with none until users, memberships or tokens change', async () => {
    const asking = async () => {
      const before = world.statements.length;
      await world.as('admin').data('{ viewer { role user { email } workspace { name } } }');
      return world.statements.length - before;
    };
    expect([await asking(), await asking()]).toEqual([1, 0]);
    await world.as('admin2').data('mutation { createGroup(input: { name: "Written" }) { group { uuid } } }');
    expect(await asking()).toBe(0);
    await world.database.administer(async () => {});
    expect([await asking(), await asking()]).toEqual([1, 0]);
  });

  it.each([
    ['an object by UUID', '{ campaign(uuid: "089de107-5553-4c07-ab00-092b7869dae1") { uuid group { name } } }', 1],
    ['a group by name', '{ group(by: { name: "Reporters" }) { uuid } }', 1],
    ['the first page of a list', `{ campaigns(first: 1) { ${PAGE} } }`, 1],
    ['a page of 250', `{ campaigns(first: 250) { ${PAGE} } }`, 1],
    ['a page from the end', `{ campaigns(last: 250) { ${PAGE} } }`, 1],
    [
      'a page and whether there is more on either side of it',
      '{ campaigns(first: 50) { nodes { uuid } pageInfo { hasNextPage hasPreviousPage } } }',
      1,
    ],
    ['a page and how many there are', '{ campaigns(first: 50) { nodes { uuid } totalCount } }', 2],
    ['a page of groups', '{ groups(first: 250) { nodes { uuid name query } } }', 1],
    [
      'a page of a search that its first rows fill',
      '{ campaigns(first: 1, filter: { search: "mal" }) { nodes { uuid } } }',
      1,
    ],
    [
      'a page of a search for a rare word',
      '{ campaigns(filter: { search: "nobody has this" }) { nodes { uuid } } }',
      2,
    ],
    ['a page of a search for a short word', '{ campaigns(filter: { search: "日" }) { nodes { uuid } } }', 1],
    ['a search and how many it finds', '{ groups(filter: { search: "rep" }) { nodes { uuid } totalCount } }', 3],
  ])('for %s costs so many: %#', async (_what, document, most) => {
    const costs = [await query(document), await query(document), await query(document)].map(({ length }) => length);
    // The second page of campaigns after a commit also reads the groups, which are then remembered.
    expect(Math.max(...costs)).toBeLessThanOrEqual(most + 1);
    expect(costs.at(-1)).toBeLessThanOrEqual(most);
    expect(Math.min(...costs)).toBeGreaterThan(0);
  });

  it('counts only when totalCount is selected', async () => {
    const counts = (statements: string[]) => statements.filter((statement) => /list_counts/.test(statement)).length;
    expect(counts(await query(`{ campaigns { ${PAGE} } }`))).toBe(0);
    expect(counts(await query(`{ campaigns { ${PAGE} totalCount } }`))).toBe(1);
    expect(counts(await query(`{ campaigns { ${PAGE} totalCount @include(if: false) } }`))).toBe(0);
  });

  it('for a page in the middle costs one statement more, for what is behind it', async () => {
    const { campaigns } = await world
      .as('admin')
      .data<{ campaigns: { pageInfo: { endCursor: string } } }>('{ campaigns(first: 50) { pageInfo { endCursor } } }');
    const document = `{ campaigns(first: 50, after: "${campaigns.pageInfo.endCursor}") { nodes { uuid } pageInfo { hasNextPage hasPreviousPage } } }`;
    await query(document);
    expect(await query(document)).toHaveLength(2);
  });

  it('for objects by id costs a statement for each type, however many they are', async () => {
    const { campaigns, groups } = await world
      .as('admin')
      .data<Record<string, { nodes: { id: string }[] }>>(
        '{ campaigns(first: 100) { nodes { id } } groups(first: 10) { nodes { id } } }',
      );
    const ids = [...(campaigns?.nodes ?? []), ...(groups?.nodes ?? [])].map(({ id }) => id);
    const statements = await statementsOf(() =>
      world
        .as('admin')
        .data('query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Campaign { group { name } } } }', { ids }),
    );
    expect(ids.length).toBeGreaterThan(100);
    expect(statements).toHaveLength(2);
  });
});

describe('the statement of a page', () => {
  const rereader = new Sqlite(world.file, { readonly: true });
  afterwards(() => rereader.close());

  it.each([
    ['campaigns', 'first: 10'],
    ['campaigns', 'last: 10'],
    ['campaigns', 'first: 10, orderBy: { field: NAME }'],
    ['campaigns', 'first: 10, filter: { group: { name: "Reporters" } }'],
    ['campaigns', 'first: 10, filter: { search: "a", archived: null }'],
    ['groups', 'first: 10'],
    ['groups', 'last: 10, orderBy: { field: NAME }'],
  ])('of %s(%s) reads one row more than the page has, at most', async (list, args) => {
    type Page = Record<string, { edges: { cursor: string }[] }>;
    const { edges = [] } =
      (await world.as('admin').data<Page>(`{ ${list}(${args}) { edges { cursor } } }`))[list] ?? {};
    const bound = args.startsWith('first') ? `after: "${edges[0]?.cursor}"` : `before: "${edges.at(-1)?.cursor}"`;
    for (const all of [args, `${args}, ${bound}`]) {
      const statements = await query(`{ ${list}(${all}) { nodes { uuid } } }`);
      const counts = statements.map((statement) => rereader.prepare(statement).all().length);
      // The page needs the eleventh row to know whether there are more.
      expect(Math.max(...counts)).toBe(11);
    }
  });
});

describe('the campaigns of a page of groups', () => {
  const nested = (groups: number, campaigns: string) =>
    `{ groups(first: ${groups}) { nodes { campaigns${campaigns} } } }`;

  it.each([
    ['a page each', '(first: 5) { nodes { uuid name } edges { cursor } }'],
    ['a page and a count each', '(first: 5) { nodes { uuid } totalCount }'],
    ['a page and its facts each', '(first: 5) { nodes { uuid } pageInfo { hasNextPage hasPreviousPage } }'],
    ['a count each', '{ totalCount }'],
    ['a page by name each', '(last: 3, orderBy: { field: NAME }) { nodes { uuid } }'],
    ['the groups of a page each', '(first: 5) { nodes { group { query status contactCount } } }'],
  ])('cost the same for 2 groups as for 60: %s', async (_what, campaigns) => {
    const seeds = Array.from({ length: 60 }, (_, place) => ({ name: `Group ${place}` }));
    const workspace = await makeWorkspace(world.database, {
      groups: seeds,
      campaigns: seeds.map((_seed, place) => ({ name: `Campaign ${place}`, created: place, group: place })),
    });
    const client = new Client(world.url, workspace.key);
    const few = await statementsOf(() => client.data(nested(2, campaigns)));
    const many = await statementsOf(() => client.data(nested(60, campaigns)));
    expect(many).toHaveLength(few.length);
    expect(few.length).toBeLessThanOrEqual(4);
  });

  it('cost the same however often a group is met', async () => {
    const statements = await query(
      '{ campaigns(first: 50) { nodes { group { query contactCount campaigns(first: 2) { nodes { uuid } totalCount } } } } }',
    );
    expect(statements.length).toBeLessThanOrEqual(4);
  });
});

describe('REST', () => {
  it('costs what its GraphQL operation costs', async () => {
    const list = (name: string) =>
      statementsOf(() =>
        fetch(`${world.url}/api/v2/${name}.json`, { headers: { authorization: `Token ${tokenKey('admin')}` } }).then(
          (response) => response.text(),
        ),
      );
    await world.as('admin2').data('mutation { createGroup(input: { name: "Before lists" }) { group { uuid } } }');
    // After a write, the first request also reads the state of the feed, for the response's ETag. The second one also reads the
    // groups of the campaigns. Both are remembered until the next write.
    expect(await list('campaigns')).toHaveLength(2);
    expect(await list('campaigns')).toHaveLength(2);
    expect(await list('campaigns')).toHaveLength(1);
    expect(await list('groups')).toHaveLength(1);
  });
});

describe('a change', () => {
  it('is one transaction, begun as a writer', async () => {
    const create = (name: string) =>
      world
        .as('admin2')
        .data(`mutation { createCampaign(input: { name: "${name}", group: { name: "Vets" } }) { campaign { uuid } } }`);
    // Don't count the first create: if it follows a write of many rows, it also sets where temporary data is kept.
    await create('Not counted');
    const statements = await statementsOf(() => create('Counted'));
    expect([statements.at(0), statements.at(-1)]).toEqual(['begin immediate', 'commit']);
    // One of these statements inserts the change into the feed, and one merges a little of the search index.
    expect(statements.length).toBeLessThanOrEqual(10);
  });

  it('that is refused is rolled back or writes nothing', async () => {
    const statements = await statementsOf(() =>
      world
        .as('admin2')
        .data('mutation { createCampaign(input: { name: "", group: { name: "Nobody" } }) { userErrors { code } } }'),
    );
    expect(statements.filter((statement) => /^\s*(insert|update|delete)/i.test(statement))).toEqual([]);
  });
});
