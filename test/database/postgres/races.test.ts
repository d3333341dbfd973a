import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import type { WorkspaceId } from '../../../src/database/tables.ts';
import { Campaigns } from '../../../src/model/campaigns.ts';
import { Groups } from '../../../src/model/groups.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import { newPostgresPlace, openAt } from '../../support/engine.ts';
import { refusals } from '../../support/outcome.ts';
import { revisionOf } from '../../support/revision.ts';
import { makeWorkspace } from '../../support/workspace.ts';

// Two instances of the server write to one database at the same time. A lock within one instance does not suffice, so the database
// must keep conflicting writes apart.

const { address } = await newPostgresPlace('tables');
const instances = [openAt(address), openAt(address)] as const;
afterwards(() => Promise.all(instances.map((instance) => instance.close())));
const [first, second] = instances;

/** Alternates between the two instances. */
const instance = (place: number): Database => instances[place % 2] ?? first;

/**
 * For the rules that no database constraint enforces: the number of live campaigns in deleted groups, and the counted and the
 * stored number of campaigns.
 */
async function brokenRules(workspace: number) {
  const { db } = first.reader;
  const { rows } = await sql<{ orphans: number; counted: number; kept: number }>`
    select
      (select count(*) from campaigns join groups on groups.workspace_id = campaigns.workspace_id
        and groups.id = campaigns.group_id where campaigns.workspace_id = ${workspace} and campaigns.is_active = 1
        and campaigns.is_archived = 0 and groups.is_active = 0) as orphans,
      (select count(*) from campaigns where workspace_id = ${workspace} and is_active = 1) as counted,
      (select coalesce(sum(count), 0)::bigint from list_counts where workspace_id = ${workspace} and list = 'campaigns'
        and parent_id = 0) as kept`.execute(db);
  return rows[0];
}

describe('writes of one workspace through two instances', () => {
  it('never leave a live campaign in a deleted group: 150 racing pairs', async () => {
    const seeds = Array.from({ length: 150 }, (_nothing, place) => ({ name: `Group ${place}` }));
    const { id, groups } = await makeWorkspace(first, { groups: seeds });
    const pairs = groups.map(async ({ uuid }, place) => {
      const [created, deleted] = await Promise.all([
        new Campaigns(instance(place), id, AUTHOR).create({ name: `Campaign ${place}`, group: { uuid } }),
        new Groups(instance(place + 1), id, AUTHOR).delete(uuid),
      ]);
      return ['value' in created, 'value' in deleted];
    });
    const outcomes = await Promise.all(pairs);
    // In each pair exactly one of the two succeeds.
    expect(outcomes.filter(([created, deleted]) => created === deleted)).toEqual([]);
    const created = outcomes.filter(([one]) => one).length;
    expect(await brokenRules(id)).toEqual({ orphans: 0, counted: created, kept: created });
    expect(await revisionOf(second, id)).toBe(150);
  }, 60_000);

  it('lose no update: 60 racing ones raise the revision by 60, and the last of them is there', async () => {
    const { id, campaigns } = await makeWorkspace(first, {
      campaigns: [{ name: 'Start', created: 0 }],
    });
    const uuid = campaigns[0]?.uuid ?? '';
    const before = await revisionOf(first, id);
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_nothing, place) =>
        new Campaigns(instance(place), id, AUTHOR).update(uuid, { name: `Name ${place}` }),
      ),
    );
    expect(outcomes.filter((outcome) => 'errors' in outcome)).toEqual([]);
    expect(await revisionOf(first, id)).toBe(before + 60);
  });

  it('count a sum right, because each reads what the one before it has written', async () => {
    const { id, groups } = await makeWorkspace(first);
    const add = (database: Database) =>
      database.write(id, async (write) => {
        const group = write.db.selectFrom('groups').select('contact_count').where('workspace_id', '=', id);
        const { contact_count } = await group.executeTakeFirstOrThrow();
        await write.db
          .updateTable('groups')
          .set({ contact_count: contact_count + 1 })
          .where('workspace_id', '=', id)
          .execute();
        await write.record({
          ...{ action: 'updated', type: 'Group', uuid: groups[0]?.uuid ?? '' },
          ...{ fields: '{}', changedOn: 0, author: AUTHOR },
        });
      });
    await Promise.all(Array.from({ length: 60 }, (_nothing, place) => add(instance(place))));
    const { contact_count } = await first.reader.db
      .selectFrom('groups')
      .select('contact_count')
      .where('workspace_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(contact_count).toBe(60);
  });

  it('give one name to one campaign only: of 32 at once one wins, and the others are told', async () => {
    const { id, groups } = await makeWorkspace(first);
    const group = { uuid: groups[0]?.uuid ?? '' };
    const outcomes = await Promise.all(
      Array.from({ length: 32 }, (_nothing, place) =>
        new Campaigns(instance(place), id, AUTHOR).create({ name: place % 2 ? 'ÉTÉ' : 'été', group }),
      ),
    );
    const lost = outcomes.filter((outcome) => 'errors' in outcome);
    expect(lost).toHaveLength(31);
    expect(new Set(lost.flatMap(refusals))).toEqual(new Set(['name: TAKEN']));
  });

  it('tell of a name that was taken outside the workspace’s turn as of any other', async () => {
    const { id, groups } = await makeWorkspace(first);
    const group = groups[0] ?? { id: 0, uuid: '' };
    let tries = 0;
    const outcome = await first.write(id, async (write) => {
      tries += 1;
      const taken = await write.db
        .selectFrom('campaigns')
        .select('id')
        .where('workspace_id', '=', id)
        .where('name_key', '=', 'mine')
        .executeTakeFirst();
      if (taken) return 'taken';
      if (tries === 1) await insertOutside(id, group.id);
      await write.db.insertInto('campaigns').values(campaignRow(id, group.id)).execute();
      return 'mine';
    });
    expect([outcome, tries]).toEqual(['taken', 2]);
  });
});

const campaignRow = (workspace: WorkspaceId, group: number) => ({
  workspace_id: workspace,
  group_id: group,
  uuid: crypto.randomUUID(),
  name: 'Mine',
  name_key: 'mine',
  search_key: 'mine',
  is_archived: 0 as const,
  is_active: 1 as const,
  created_on: 0,
  modified_on: 0,
});

async function insertOutside(workspace: WorkspaceId, group: number): Promise<void> {
  await second.administer(({ db }) => db.insertInto('campaigns').values(campaignRow(workspace, group)).execute());
}

describe('writes of many workspaces at once', () => {
  it('lose nothing: 50 workspaces, 20 writes each, through two instances', async () => {
    const workspaces = await Promise.all(Array.from({ length: 50 }, () => makeWorkspace(first)));
    const writes = workspaces.flatMap(({ id, groups }) =>
      Array.from({ length: 20 }, (_nothing, place) =>
        new Campaigns(instance(place), id, AUTHOR).create({
          name: `Name ${place}`,
          group: { uuid: groups[0]?.uuid ?? '' },
        }),
      ),
    );
    const outcomes = await Promise.all(writes);
    expect(outcomes.filter((outcome) => 'errors' in outcome)).toEqual([]);
    for (const { id } of workspaces) {
      expect(await brokenRules(id)).toEqual({ orphans: 0, counted: 20, kept: 20 });
      expect(await revisionOf(first, id)).toBe(20);
    }
  }, 60_000);

  it('do not wait for a workspace whose writes take long', async () => {
    const [slow, quick] = [await makeWorkspace(first), await makeWorkspace(first)];
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    // These are more writes than the instance has connections.
    const held = Array.from({ length: 20 }, () => first.write(slow.id, () => released));
    const campaigns = new Campaigns(first, quick.id, AUTHOR);
    expect(await campaigns.create({ name: 'Quick', group: { name: 'Everyone' } })).toHaveProperty('value');
    expect(await campaigns.list.where({}).count()).toBe(1);
    release();
    await Promise.all(held);
  });
});
