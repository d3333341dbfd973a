import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/model/campaign.ts';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { AUTHOR } from '../support/author.ts';
import { done, refusals } from '../support/outcome.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();

/** A workspace with groups of every kind, and with a campaign in use, an archived one and a deleted one. */
async function open() {
  const workspace = await makeWorkspace(database, {
    groups: [
      { name: 'Farmers' },
      { name: 'Adults', kind: 'smart' },
      { name: 'Open Tickets', kind: 'smart', system: true },
      { name: 'Still Loading', status: 'initializing' },
      { name: 'Active', kind: 'status', system: true },
      { name: 'Gone', deleted: true },
      { name: 'Going' },
    ],
    campaigns: [
      { name: 'In use', created: 1_000 },
      { name: 'Archived', created: 2_000, archived: true },
      { name: 'Deleted', created: 3_000, deleted: true },
      { name: 'Archived with its group', created: 4_000, archived: true, group: 6 },
    ],
  });
  const [used, archived, deleted, orphan] = workspace.campaigns;
  if (!used || !archived || !deleted || !orphan) throw new Error('the workspace has four campaigns');
  const campaigns = new Campaigns(database, workspace.id, AUTHOR);
  const groups = new Groups(database, workspace.id, AUTHOR);
  return { campaigns, groups, used, archived, deleted, orphan, group: (place: number) => workspace.groups[place] };
}

/** The fields of a campaign that a client sees. */
function facts(campaign: Campaign | null) {
  if (!campaign) throw new Error('there is no such campaign');
  const { uuid, name, archived, group, createdOn, modifiedOn } = campaign;
  return { uuid, name, archived, group: group.name, createdOn, modifiedOn };
}

/** All rows of the campaigns and groups tables. A refused change must not change any of them. */
async function rows() {
  return Promise.all([
    database.reader.db.selectFrom('campaigns').selectAll().orderBy('id').execute(),
    database.reader.db.selectFrom('groups').selectAll().orderBy('id').execute(),
  ]);
}

describe('creating a campaign', () => {
  it.each(['Farmers', 'Adults', 'Open Tickets', 'Still Loading'])('takes the group %s', async (name) => {
    const { campaigns } = await open();
    expect(done(await campaigns.create({ name: 'New', group: { name } })).group.name).toBe(name);
  });

  it.each([
    ['by UUID', (uuid: string) => ({ uuid })],
    ['by a UUID that may be a name', (uuid: string) => ({ uuidOrName: uuid })],
    [
      'by a UUID in capitals without hyphens',
      (uuid: string) => ({ uuidOrName: uuid.toUpperCase().replaceAll('-', '') }),
    ],
    ['by a name that may be a UUID', () => ({ uuidOrName: 'FARMERS' })],
  ])('takes a group %s', async (_how, reference) => {
    const { campaigns, group } = await open();
    const created = done(await campaigns.create({ name: 'New', group: reference(group(0)?.uuid ?? '') }));
    expect(created.group.name).toBe('Farmers');
  });

  it.each([
    ['that was deleted', 'Gone'],
    ['that mirrors a status of contacts', 'Active'],
    ['that there never was', 'Nobody'],
    ['without a name', ''],
    ['with a NUL in its name', 'Farm\0ers'],
  ])('refuses a group %s', async (_which, name) => {
    const { campaigns } = await open();
    expect(refusals(await campaigns.create({ name: 'New', group: { name } }))).toEqual(['group: NOT_FOUND']);
  });

  it('refuses a deleted group and a status group by UUID as well', async () => {
    const { campaigns, group } = await open();
    for (const place of [4, 5]) {
      const reference = { uuid: group(place)?.uuid ?? '' };
      expect(refusals(await campaigns.create({ name: 'New', group: reference }))).toEqual(['group: NOT_FOUND']);
    }
  });

  it('prefers a UUID to a name that looks like one', async () => {
    const { campaigns, groups, group } = await open();
    const uuid = group(0)?.uuid ?? '';
    done(await groups.create({ name: uuid }));
    const created = done(await campaigns.create({ name: 'New', group: { uuidOrName: uuid } }));
    expect(created.group.name).toBe('Farmers');
    expect(done(await campaigns.create({ name: 'Newer', group: { name: uuid } })).group.name).toBe(uuid);
  });

  it('makes it the newest, not archived, and modified when it was created', async () => {
    const { campaigns } = await open();
    const created = done(await campaigns.create({ name: ' New ', group: { name: 'Farmers' } }));
    expect(created).toMatchObject({ name: 'New', archived: false, modifiedOn: created.createdOn });
    expect(Math.abs(created.createdOn / 1000 - Date.now())).toBeLessThan(10_000);
    const page = await campaigns.list
      .where({})
      .page({ ordering: { field: 'created', direction: 'desc' }, from: 'start', limit: 1 });
    expect(page.rows.map(facts)).toEqual([facts(created)]);
    expect(facts(await campaigns.list.byUuid(created.uuid))).toEqual(facts(created));
  });

  it('tells of the errors of all fields at once, and changes nothing', async () => {
    const { campaigns } = await open();
    const before = await rows();
    expect(refusals(await campaigns.create({ name: `"${'x'.repeat(64)}`, group: { name: 'Nobody' } }))).toEqual([
      'name: TOO_LONG',
      'name: INVALID_CHARACTER',
      'group: NOT_FOUND',
    ]);
    expect(refusals(await campaigns.create({ name: 'in USE', group: { name: 'Gone' } }))).toEqual([
      'name: TAKEN',
      'group: NOT_FOUND',
    ]);
    expect(await rows()).toEqual(before);
  });
});

describe('updating a campaign', () => {
  it.each([
    ['its name', { name: 'Renamed' }, { name: 'Renamed' }],
    ['its group', { group: { name: 'Adults' } }, { group: 'Adults' }],
    ['whether it is archived', { archived: true }, { archived: true }],
    [
      'all of it',
      { name: 'Renamed', group: { name: 'Adults' }, archived: true },
      { name: 'Renamed', group: 'Adults', archived: true },
    ],
  ])('changes %s and leaves the rest', async (_what, changes, changed) => {
    const { campaigns, used } = await open();
    const before = facts(await campaigns.list.byUuid(used.uuid));
    const after = facts(done(await campaigns.update(used.uuid, changes)));
    expect(after).toEqual({ ...before, ...changed, modifiedOn: after.modifiedOn });
    expect(after.modifiedOn).toBeGreaterThan(before.modifiedOn);
    expect(facts(await campaigns.list.byUuid(used.uuid))).toEqual(after);
  });

  it.each([
    ['nothing', {}],
    ['what it is already', { name: 'In use', group: { name: 'farmers' }, archived: false }],
  ])('leaves its time of change alone when it is given %s', async (_what, changes) => {
    const { campaigns, used } = await open();
    await setTimeout(2);
    expect(done(await campaigns.update(used.uuid, changes)).modifiedOn).toBe(1_000);
  });

  it.each([
    ['of a name', { name: ' ' }, ['name: BLANK']],
    ['of a name that is taken', { name: 'ARCHIVED' }, ['name: TAKEN']],
    ['of a group', { group: { name: 'Gone' } }, ['group: NOT_FOUND']],
    ['of both', { name: 'a"b', group: { name: 'Gone' } }, ['name: INVALID_CHARACTER', 'group: NOT_FOUND']],
    ['of one beside what is right', { name: 'Fine', group: { name: 'Gone' }, archived: true }, ['group: NOT_FOUND']],
  ])('tells of the errors %s, and changes nothing', async (_what, changes, expected) => {
    const { campaigns, used } = await open();
    const before = await rows();
    expect(refusals(await campaigns.update(used.uuid, changes))).toEqual(expected);
    expect(await rows()).toEqual(before);
  });

  it.each(['deleted', 'unknown'] as const)('does not find one that is %s', async (which) => {
    const { campaigns, deleted } = await open();
    const uuid = which === 'deleted' ? deleted.uuid : newUuid();
    expect(refusals(await campaigns.update(uuid, { name: 'Renamed' }))).toEqual(['uuid: NOT_FOUND']);
    expect(refusals(await campaigns.delete(uuid))).toEqual(['uuid: NOT_FOUND']);
    expect(await campaigns.list.byUuid(uuid)).toBeNull();
  });
});

describe('an archived campaign', () => {
  it.each([
    ['another name', { name: 'Renamed' }],
    ['another group', { group: { name: 'Adults' } }],
    ['another name, archived as it is', { name: 'Renamed', archived: true }],
    ['a name that is wrong anyhow', { name: '' }],
  ])('refuses %s, and changes nothing', async (_what, changes) => {
    const { campaigns, archived } = await open();
    const before = await rows();
    expect(refusals(await campaigns.update(archived.uuid, changes))).toEqual(['-: ARCHIVED']);
    expect(await rows()).toEqual(before);
  });

  it('is read, and is left out of lists that do not ask for it', async () => {
    const { campaigns, archived } = await open();
    expect(await campaigns.list.byUuid(archived.uuid)).toMatchObject({ name: 'Archived', archived: true });
    expect([await campaigns.list.where({}).count(), await campaigns.list.where({ archived: true }).count()]).toEqual([
      1, 2,
    ]);
    expect(await campaigns.list.where({ archived: null }).count()).toBe(3);
  });

  it('stays as it is when it is archived once more', async () => {
    const { campaigns, archived } = await open();
    expect(done(await campaigns.update(archived.uuid, { archived: true })).modifiedOn).toBe(2_000);
  });

  it('is restored alone', async () => {
    const { campaigns, archived } = await open();
    expect(done(await campaigns.update(archived.uuid, { archived: false }))).toMatchObject({
      name: 'Archived',
      archived: false,
      createdOn: 2_000,
    });
  });

  it('is restored together with other changes', async () => {
    const { campaigns, archived } = await open();
    const changes = { archived: false, name: 'Renamed', group: { name: 'Adults' } };
    expect(done(await campaigns.update(archived.uuid, changes))).toMatchObject({ name: 'Renamed', archived: false });
  });

  it('is not restored to a group that was deleted meanwhile, unless it gets another', async () => {
    const { campaigns, groups, orphan, group } = await open();
    done(await groups.delete(group(6)?.uuid ?? ''));
    expect(await campaigns.list.byUuid(orphan.uuid)).toMatchObject({ group: { name: 'Going' } });
    expect(await campaigns.update(orphan.uuid, { archived: false })).toEqual({
      errors: [
        {
          field: ['group'],
          code: 'NOT_FOUND',
          message:
            'The group “Going” of “Archived with its group” has been deleted. Restore the campaign together with another group.',
        },
      ],
    });
    const moved = done(await campaigns.update(orphan.uuid, { archived: false, group: { name: 'Farmers' } }));
    expect(moved).toMatchObject({ archived: false, group: { name: 'Farmers' } });
  });

  it('is deleted like any other', async () => {
    const { campaigns, archived } = await open();
    done(await campaigns.delete(archived.uuid));
    expect(await campaigns.list.byUuid(archived.uuid)).toBeNull();
  });
});

describe('deleting a campaign', () => {
  it('keeps its row, which no one sees', async () => {
    const { campaigns, used } = await open();
    expect(done(await campaigns.delete(used.uuid))).toMatchObject({ name: 'In use' });
    expect(await campaigns.list.byUuid(used.uuid)).toBeNull();
    expect(await campaigns.list.byUuids([used.uuid])).toEqual([]);
    expect(await campaigns.list.where({ archived: null, uuids: [used.uuid] }).count()).toBe(0);
    const kept = await database.reader.db.selectFrom('campaigns').selectAll().where('uuid', '=', used.uuid).execute();
    expect(kept).toMatchObject([{ name: 'In use', is_active: 0 }]);
  });
});
