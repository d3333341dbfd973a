import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { workspaceSizes } from '../../src/model/kept-counts.ts';
import { AUTHOR } from '../support/author.ts';
import { Client } from '../support/client.ts';
import { runsOf } from '../support/engine.ts';
import { campaignSeeds, GROUPS } from '../support/lists.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase, openFilledDatabase, openWorld } from '../support/world.ts';

type Count = Record<'workspace_id' | 'parent_id' | 'list' | 'is_archived' | 'count', number | string>;

/** The stored counts that are not 0. */
async function kept({ reader }: Database): Promise<Count[]> {
  const rows = await reader.db.selectFrom('list_counts').selectAll().where('count', '!=', 0).execute();
  return rows.map((row) => ({ ...row })).toSorted(byKey);
}

/** The counts computed from the rows themselves. The stored counts must equal them. */
async function counted({ reader }: Database): Promise<Count[]> {
  const counts = new Map<string, Count>();
  const add = (workspace_id: number, parent_id: number, list: string, is_archived: number) => {
    const key = [workspace_id, parent_id, list, is_archived].join(' ');
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { workspace_id, parent_id, list, is_archived, count: Number(before) + 1 });
  };
  for (const row of await reader.db.selectFrom('campaigns').selectAll().where('is_active', '=', 1).execute()) {
    add(row.workspace_id, 0, 'campaigns', row.is_archived);
    add(row.workspace_id, row.group_id, 'campaigns', row.is_archived);
  }
  for (const row of await reader.db.selectFrom('groups').selectAll().where('is_active', '=', 1).execute()) {
    if (row.kind !== 'status') add(row.workspace_id, 0, 'groups', 0);
  }
  return [...counts.values()].toSorted(byKey);
}

const keyOf = (row: Count) => `${row.workspace_id} ${row.list} ${row.parent_id} ${row.is_archived}`;
const byKey = (a: Count, b: Count) => (keyOf(a) < keyOf(b) ? -1 : 1);

/** Makes a random change in a workspace. Many changes are refused, for example because a name is taken. */
async function change(database: Database, workspace: WorkspaceId, [kind, a, b]: readonly [string, number, number]) {
  const [campaigns, groups] = [new Campaigns(database, workspace, AUTHOR), new Groups(database, workspace, AUTHOR)];
  const uuidOf = async (table: 'campaigns' | 'groups', place: number) => {
    const rows = database.reader.db
      .selectFrom(table)
      .select('uuid')
      .where('workspace_id', '=', workspace)
      .orderBy('id');
    return (await rows.execute())[place]?.uuid ?? '';
  };
  const [campaign, group] = [await uuidOf('campaigns', a), await uuidOf('groups', b)];
  switch (kind) {
    case 'create':
      return campaigns.create({ name: `New ${a}`, group: { uuid: group } });
    case 'move':
      return campaigns.update(campaign, { group: { uuid: group } });
    case 'move and restore':
      return campaigns.update(campaign, { group: { uuid: group }, archived: false });
    case 'move and archive':
      return campaigns.update(campaign, { group: { uuid: group }, archived: true });
    case 'archive':
      return campaigns.update(campaign, { archived: true });
    case 'restore':
      return campaigns.update(campaign, { archived: false });
    case 'rename':
      return campaigns.update(campaign, { name: `Name ${b}` });
    case 'delete':
      return campaigns.delete(campaign);
    case 'create group':
      return groups.create({ name: `Group ${a}` });
    case 'delete group':
      return groups.delete(group);
    default:
      throw new Error(`there is no change "${kind}"`);
  }
}

const CHANGES = [
  ...['create', 'move', 'move and restore', 'move and archive', 'archive', 'restore', 'rename', 'delete'],
  ...['create group', 'delete group'],
];

const changes = fc.array(fc.tuple(fc.constantFrom(...CHANGES), fc.nat({ max: 9 }), fc.nat({ max: 4 })), {
  maxLength: 30,
});

describe('the kept counts', () => {
  it('are the numbers of rows after any changes', async () => {
    const database = await openEmptyDatabase();
    await fc.assert(
      fc.asyncProperty(campaignSeeds(8), changes, async (seeds, made) => {
        const workspace = await makeWorkspace(database, { groups: GROUPS, campaigns: seeds });
        const other = await makeWorkspace(database, { groups: GROUPS, campaigns: seeds });
        const before = await kept(database);
        for (const one of made) await change(database, workspace.id, one);
        expect(await kept(database)).toEqual(await counted(database));
        const theirs = (counts: Count[]) => counts.filter(({ workspace_id }) => workspace_id === other.id);
        expect(theirs(await kept(database))).toEqual(theirs(before));
      }),
      { numRuns: runsOf(30) },
    );
  });

  it('are right when changes share a transaction, and a refused one takes its counts with it', async () => {
    const database = await openEmptyDatabase();
    const workspace = await makeWorkspace(database);
    const campaigns = new Campaigns(database, workspace.id, AUTHOR);
    const [group] = workspace.groups;
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, place) =>
        campaigns.create({ name: `Campaign ${place % 25}`, group: { uuid: group?.uuid ?? '' } }),
      ),
    );
    expect(made.filter((result) => 'value' in result)).toHaveLength(25);
    expect(await kept(database)).toEqual(await counted(database));
  });

  it('are right after a snapshot has been loaded', async () => {
    const database = await openFilledDatabase();
    expect(await kept(database)).toEqual(await counted(database));
    expect((await kept(database)).length).toBeGreaterThan(10);
  });
});

describe('a total', () => {
  it.each([
    ['campaigns', ''],
    ['campaigns', '(filter: { archived: true })'],
    ['campaigns', '(filter: { archived: null })'],
    ['campaigns', '(filter: { group: { name: "Reporters" } })'],
    ['campaigns', '(filter: { group: { uuidOrName: "Reporters" }, archived: null })'],
    ['campaigns', '(filter: { group: { name: "no such" } })'],
    ['groups', ''],
  ])('of %s%s is read from the kept counts, and is the number of nodes', async (list, args) => {
    const world = await openWorld();
    const whole = async () => {
      const nodes: unknown[] = [];
      for (let after = ''; ;) {
        const open = args === '' ? '(' : args.replace(/\)$/, ', ');
        const query = `{ ${list}${open}first: 250${after}) { nodes { uuid } pageInfo { endCursor hasNextPage } } }`;
        type Page = { nodes: unknown[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
        const page = (await world.as('admin').data<Record<string, Page>>(query))[list];
        nodes.push(...(page?.nodes ?? []));
        if (!page?.pageInfo.hasNextPage) return nodes.length;
        after = `, after: "${page.pageInfo.endCursor}"`;
      }
    };
    const expected = await whole();
    const before = world.statements.length;
    const data = await world
      .as('admin')
      .data<Record<string, { totalCount: number }>>(`{ ${list}${args} { totalCount } }`);
    expect(data[list]?.totalCount).toBe(expected);
    expect(world.statements.slice(before).filter((one) => one.includes('list_counts'))).toHaveLength(1);
    expect(world.statements.slice(before).join('\n')).not.toMatch(/count\(\*\)/i);
  });

  it('of the campaigns of each group is read in one statement, deleted groups included', async () => {
    const world = await openWorld();
    const workspace = await makeWorkspace(world.database, {
      groups: [...GROUPS, { name: 'Gone', deleted: true }],
      campaigns: [0, 0, 1, 3, 3, 3].map((group, created) => ({
        name: `Campaign ${created}`,
        created,
        group,
        archived: group === 3 || created === 1,
      })),
    });
    const client = new Client(world.url, workspace.key);
    type Data = {
      campaigns: { nodes: { group: { name: string; all: { totalCount: number }; live: { totalCount: number } } }[] };
    };
    const before = world.statements.length;
    const { campaigns } = await client.data<Data>(
      '{ campaigns(filter: { archived: null }) { nodes { group { name all: campaigns(filter: { archived: null }) { totalCount } live: campaigns { totalCount } } } } }',
    );
    const found = new Map(
      campaigns.nodes.map(({ group }) => [group.name, [group.all.totalCount, group.live.totalCount]]),
    );
    expect(Object.fromEntries(found)).toEqual({ Élèves: [2, 1], 'farmers 50%': [1, 1], Gone: [3, 0] });
    expect(world.statements.slice(before).filter((one) => one.includes('list_counts'))).toHaveLength(2);
  });
});

it('gives the sizes of a workspace, of 0 where there is nothing yet', async () => {
  const database = await openEmptyDatabase();
  const workspace = await makeWorkspace(database, {
    groups: [...GROUPS, { name: 'active', kind: 'status' }],
    campaigns: [true, false, false].map((archived, created) => ({ name: `${created}`, created, archived })),
  });
  expect(await workspaceSizes(database.reader, workspace.id)).toEqual({ campaigns: 3, groups: 3 });
  const { rows } = await sql<{ id: WorkspaceId }>`select max(id) + 1 as id from workspaces`.execute(database.reader.db);
  expect(await workspaceSizes(database.reader, rows[0]?.id ?? workspace.id)).toEqual({ campaigns: 0, groups: 0 });
});
