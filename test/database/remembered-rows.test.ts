import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/database/database.ts';
import { MAX_REMEMBERED } from '../../src/database/sqlite/remembered-rows.ts';
import { campaignList } from '../../src/model/campaign-lookups.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import { afterwards } from '../support/afterwards.ts';
import { Client } from '../support/client.ts';
import type { MadeWorkspace } from '../support/workspace.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

// The server remembers the groups of one page of campaigns for the next page, until something is committed.

const world = await openWorld();
const { reader } = world.database;
/** A separate connection, which writes to the file like another process. */
const other = new Sqlite(world.file);
afterwards(() => other.close());

const NEWEST = { field: 'created', direction: 'desc' } as const;

async function page(workspace: MadeWorkspace, session: Session = reader, limit = 250): Promise<Campaign[]> {
  const { rows } = await campaignList(session, workspace.id).where({}).page({ ordering: NEWEST, from: 'start', limit });
  return rows;
}

const groupNames = (campaigns: readonly Campaign[]) => campaigns.map(({ group }) => group.name);

/** The SQL statements that run during `work`. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const before = world.statements.length;
  await work();
  return world.statements.slice(before);
}

const pair = () =>
  makeWorkspace(world.database, {
    groups: [{ name: 'One' }, { name: 'Two' }],
    campaigns: [0, 1, 0, 1, 1].map((group, place) => ({ name: `Campaign ${place}`, created: place, group })),
  });

const rename = (name: string, to: string, { id }: MadeWorkspace) =>
  other.prepare('update groups set name = ? where name = ? and workspace_id = ?').run(to, name, id);

describe('pages of one state of the database', () => {
  it('join the groups once, read them once, and then show those that they remember', async () => {
    const workspace = await pair();
    const statements: string[][] = [];
    const pages: Campaign[][] = [];
    for (let count = 0; count < 4; count += 1) {
      statements.push(await statementsOf(async () => void pages.push(await page(workspace))));
    }
    expect(statements.map(({ length }) => length)).toEqual([1, 2, 1, 1]);
    expect(statements.map(([first]) => first?.includes('join'))).toEqual([true, false, false, false]);
    for (const shown of pages) {
      expect(groupNames(shown)).toEqual(['Two', 'Two', 'One', 'Two', 'One']);
      expect(shown).toEqual(pages[0]);
    }
    expect(pages[2]?.[0]?.group).toBe(pages[3]?.[1]?.group);
  });

  it('read no more groups than are missing', async () => {
    const workspace = await pair();
    for (let count = 0; count < 2; count += 1) await page(workspace, reader, 1);
    const [rows, missing] = await statementsOf(() => page(workspace));
    expect(rows).not.toContain('join');
    const one = workspace.groups[0];
    expect(missing).toContain(`'[${one?.id}]'`);
    const [plan, ...more] = other.prepare<[], { detail: string }>(`explain query plan ${missing}`).all();
    expect(plan?.detail).toBe('SEARCH groups USING INTEGER PRIMARY KEY (rowid=?)');
    expect(more.map(({ detail }) => detail).join()).not.toContain('SEARCH');
  });

  it('never show the groups of another workspace', async () => {
    const [mine, yours] = [await pair(), await pair()];
    for (let count = 0; count < 3; count += 1) {
      for (const workspace of [mine, yours]) {
        const ids = new Set((await page(workspace)).map(({ group }) => group.uuid));
        expect([...ids].toSorted()).toEqual(workspace.groups.map(({ uuid }) => uuid).toSorted());
      }
    }
  });

  it('are right when there are more groups than are remembered', async () => {
    const many = Array.from({ length: MAX_REMEMBERED + 300 }, (_, place) => place);
    const workspace = await makeWorkspace(world.database, {
      groups: many.map((place) => ({ name: `Group ${place}` })),
      campaigns: many.map((place) => ({ name: `Campaign ${place}`, created: place, group: place })),
    });
    const names = many.map((place) => `Group ${place}`).toReversed();
    const costs: number[] = [];
    for (const limit of [many.length, many.length, 250, 250, many.length, 250]) {
      const statements = await statementsOf(async () =>
        expect(groupNames(await page(workspace, reader, limit))).toEqual(names.slice(0, limit)),
      );
      costs.push(statements.length);
    }
    // The first page joins campaigns and groups. When the groups of a page do not fit into the cache, the next page starts with an empty
    // cache.
    expect(costs).toEqual([1, 2, 2, 1, 2, 2]);
  });
});

describe('what is committed', () => {
  it('by another process is shown by the next page', async () => {
    const workspace = await pair();
    for (let count = 0; count < 3; count += 1) await page(workspace);
    for (const name of ['Three', '"Four" \\', 'Ünf 日本 😀']) {
      rename('Two', name, workspace);
      for (let count = 0; count < 3; count += 1) {
        expect(groupNames(await page(workspace))).toEqual([name, name, 'One', name, 'One']);
      }
      rename(name, 'Two', workspace);
    }
  });

  it('by this process is shown by the next page, over REST and GraphQL', async () => {
    const workspace = await pair();
    const client = new Client(world.url, workspace.key);
    const shownNames = async () => {
      type Shown = {
        campaigns: { nodes: { group: { name: string } }[]; edges: { node: { group: { title: string } } }[] };
      };
      const { campaigns } = await client.data<Shown>(
        '{ campaigns { nodes { group { name } } edges { node { group { title: name uuid } } } } }',
      );
      const headers = { authorization: `Token ${workspace.key}` };
      const response = await fetch(`${world.url}/api/v2/campaigns.json`, { headers });
      const { results } = (await response.json()) as { results: { group: { name: string } }[] };
      return [
        campaigns.nodes.map(({ group }) => group.name),
        campaigns.edges.map(({ node }) => node.group.title),
        results.map(({ group }) => group.name),
      ].map((names) => names.join());
    };
    for (const name of ['Two', 'Zwei', 'Doś dwa']) {
      const uuid = workspace.groups[1]?.uuid;
      const input = { uuid, name };
      await client.data('mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) { group { uuid } } }', {
        input,
      });
      const expected = [name, name, 'One', name, 'One'].join();
      for (let count = 0; count < 4; count += 1) expect(await shownNames()).toEqual([expected, expected, expected]);
    }
  });

  it.each([
    ['that are remembered', 3],
    ['that are not remembered yet', 1],
  ])('between the rows of a page and their groups %s makes the page read them together', async (_what, pages) => {
    const workspace = await pair();
    for (let count = 0; count < pages; count += 1) await page(workspace);
    let statements = 0;
    const interrupted: Session = {
      ...reader,
      async all(name, values, build) {
        const rows = await reader.all(name, values, build);
        if ((statements += 1) === 1) rename('Two', 'Zwei', workspace);
        return rows;
      },
    };
    expect(groupNames(await page(workspace, interrupted))).toEqual(['Zwei', 'Zwei', 'One', 'Zwei', 'One']);
    expect(statements).toBe(pages === 1 ? 3 : 2);
    expect(groupNames(await page(workspace))).toEqual(['Zwei', 'Zwei', 'One', 'Zwei', 'One']);
  });
});
