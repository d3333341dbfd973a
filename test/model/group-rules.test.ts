import { describe, expect, it } from 'vitest';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { newUuid } from '../../src/model/uuid.ts';
import { AUTHOR } from '../support/author.ts';
import { done, refusals } from '../support/outcome.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();

const PLACES = { manual: 0, smart: 1, system: 2, status: 3, deleted: 4, used: 5, retired: 6, emptied: 7 } as const;
type Which = keyof typeof PLACES;

async function open() {
  const workspace = await makeWorkspace(database, {
    groups: [
      { name: 'Manual' },
      { name: 'Smart', kind: 'smart' },
      { name: 'Open Tickets', kind: 'smart', system: true },
      { name: 'Active', kind: 'status', system: true },
      { name: 'Deleted', deleted: true },
      { name: 'Used' },
      { name: 'Only archived' },
      { name: 'Only deleted' },
    ],
    campaigns: [
      { name: 'In use', created: 0, group: PLACES.used },
      { name: 'Archived', created: 0, group: PLACES.retired, archived: true },
      { name: 'Deleted', created: 0, group: PLACES.emptied, deleted: true },
    ],
  });
  const uuid = (which: Which): string => workspace.groups[PLACES[which]]?.uuid ?? '';
  return {
    groups: new Groups(database, workspace.id, AUTHOR),
    campaigns: new Campaigns(database, workspace.id, AUTHOR),
    uuid,
  };
}

const rows = () => database.reader.db.selectFrom('groups').selectAll().orderBy('id').execute();

describe('a group', () => {
  it('is created manual, ready and without contacts', async () => {
    const { groups } = await open();
    const created = done(await groups.create({ name: ' New ' }));
    expect(created).toMatchObject({ name: 'New', query: null, status: 'ready', system: false, contactCount: 0 });
    expect(await groups.find({ uuid: created.uuid })).toEqual(created);
    expect(await groups.list.where({ kind: 'manual', name: 'NEW' }).count()).toBe(1);
  });

  it('has no more contacts than GraphQL can show', async () => {
    const { groups, uuid } = await open();
    await database.administer(async ({ db }) => {
      await db
        .updateTable('groups')
        .set({ contact_count: 2 ** 31 })
        .where('uuid', '=', uuid('manual'))
        .execute();
    });
    expect(await groups.find({ uuid: uuid('manual') })).toMatchObject({ contactCount: 2 ** 31 - 1 });
  });

  it.each(['manual', 'smart', 'used'] as const)('is renamed when it is %s', async (which) => {
    const { groups, uuid } = await open();
    const before = await groups.find({ uuid: uuid(which) });
    const after = done(await groups.rename(uuid(which), { name: 'Renamed' }));
    expect(after).toMatchObject({ uuid: before?.uuid, query: before?.query, status: 'ready', name: 'Renamed' });
    expect(await groups.find({ uuid: uuid(which) })).toEqual(after);
  });

  it('shows its new name beside its campaigns', async () => {
    const { groups, campaigns, uuid } = await open();
    done(await groups.rename(uuid('used'), { name: 'Renamed' }));
    expect(await campaigns.list.where({ group: { name: 'renamed' } }).count()).toBe(1);
    expect(await campaigns.list.where({ search: 'rename' }).count()).toBe(1);
  });

  it.each(['manual', 'smart', 'retired', 'emptied'] as const)('is deleted when it is %s', async (which) => {
    const { groups, uuid } = await open();
    done(await groups.delete(uuid(which)));
    expect(await groups.find({ uuid: uuid(which) })).toBeNull();
    expect(await groups.list.byUuids([uuid(which)])).toEqual([]);
  });

  it.each([
    ['renamed', 'system', ['-: SYSTEM_GROUP']],
    ['deleted', 'system', ['-: SYSTEM_GROUP']],
    ['renamed', 'status', ['uuid: NOT_FOUND']],
    ['deleted', 'status', ['uuid: NOT_FOUND']],
    ['renamed', 'deleted', ['uuid: NOT_FOUND']],
    ['deleted', 'deleted', ['uuid: NOT_FOUND']],
    ['deleted', 'used', ['-: IN_USE']],
  ] as const)('is not %s when it is %s, and nothing changes', async (what, which, expected) => {
    const { groups, uuid } = await open();
    const before = await rows();
    const result =
      what === 'renamed' ? await groups.rename(uuid(which), { name: 'Renamed' }) : await groups.delete(uuid(which));
    expect(refusals(result)).toEqual(expected);
    expect(await rows()).toEqual(before);
  });

  it('names a campaign that keeps it from being deleted', async () => {
    const { groups, uuid } = await open();
    expect(await groups.delete(uuid('used'))).toMatchObject({
      errors: [{ message: expect.stringContaining('“In use”') }],
    });
  });

  it('can be deleted once its campaigns are archived, deleted or moved', async () => {
    const { groups, campaigns, uuid } = await open();
    const create = (name: string) => campaigns.create({ name, group: { uuid: uuid('used') } });
    const [first, second, third] = [done(await create('1')), done(await create('2')), done(await create('3'))];
    done(await campaigns.update(first.uuid, { archived: true }));
    done(await campaigns.delete(second.uuid));
    done(await campaigns.update(third.uuid, { group: { uuid: uuid('manual') } }));
    expect(await groups.delete(uuid('used'))).toMatchObject({
      errors: [{ message: expect.stringContaining('In use') }],
    });

    const page = await campaigns.list
      .where({ group: { uuid: uuid('used') } })
      .page({ ordering: { field: 'name', direction: 'asc' }, from: 'start', limit: 10 });
    for (const campaign of page.rows) done(await campaigns.delete(campaign.uuid));
    done(await groups.delete(uuid('used')));
    expect(await groups.find({ uuid: uuid('used') })).toBeNull();
  });

  it.each([
    ['a blank name', '  ', ['name: BLANK']],
    ['a name that breaks two rules', `\\${'x'.repeat(64)}`, ['name: TOO_LONG', 'name: INVALID_CHARACTER']],
    ['the name of another', 'SMART', ['name: TAKEN']],
  ])('is not given %s, and nothing changes', async (_what, name, expected) => {
    const { groups, uuid } = await open();
    const before = await rows();
    expect(refusals(await groups.create({ name }))).toEqual(expected);
    expect(refusals(await groups.rename(uuid('manual'), { name }))).toEqual(expected);
    expect(await rows()).toEqual(before);
  });

  it('that is unknown can be neither renamed nor deleted', async () => {
    const { groups } = await open();
    expect(refusals(await groups.rename(newUuid(), { name: 'x' }))).toEqual(['uuid: NOT_FOUND']);
    expect(refusals(await groups.delete(newUuid()))).toEqual(['uuid: NOT_FOUND']);
  });
});

describe('a group that mirrors a status of contacts', () => {
  it('is never found or listed', async () => {
    const { groups, uuid } = await open();
    expect(await groups.find({ uuid: uuid('status') })).toBeNull();
    expect(await groups.find({ name: 'Active' })).toBeNull();
    expect(await groups.list.byUuids([uuid('status')])).toEqual([]);
    expect(await groups.list.where({ search: 'active' }).count()).toBe(0);
    const page = await groups.list
      .where({})
      .page({ ordering: { field: 'name', direction: 'asc' }, from: 'start', limit: 250 });
    expect(page.rows.map(({ name }) => name)).not.toContain('Active');
  });

  it('keeps its name all the same', async () => {
    const { groups } = await open();
    expect(refusals(await groups.create({ name: 'ACTIVE' }))).toEqual(['name: TAKEN']);
  });
});
