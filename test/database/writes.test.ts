import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { AUTHOR } from '../support/author.ts';
import { done, refusals } from '../support/outcome.ts';
import { revisionOf } from '../support/revision.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();

const open = async () => {
  const workspace = await makeWorkspace(database, { groups: [{ name: 'Farmers' }, { name: 'Empty' }] });
  return {
    id: workspace.id,
    campaigns: new Campaigns(database, workspace.id, AUTHOR),
    groups: new Groups(database, workspace.id, AUTHOR),
    revision: () => revisionOf(database, workspace.id),
  };
};

describe('the revision of a workspace', () => {
  it('goes up by one for each change, and not for what changes nothing', async () => {
    const { campaigns, groups, revision } = await open();
    const start = await revision();
    const raised = async () => (await revision()) - start;

    const { uuid } = done(await campaigns.create({ name: 'One', group: { name: 'Farmers' } }));
    expect(await raised()).toBe(1);
    done(await campaigns.update(uuid, { name: 'Two' }));
    done(await campaigns.update(uuid, { archived: true }));
    done(await campaigns.update(uuid, { archived: false }));
    expect(await raised()).toBe(4);
    done(await campaigns.update(uuid, { name: 'Two' }));
    expect(refusals(await campaigns.update(uuid, { name: '' }))).toEqual(['name: BLANK']);
    expect(refusals(await campaigns.create({ name: 'two', group: { name: 'Farmers' } }))).toEqual(['name: TAKEN']);
    expect(await raised()).toBe(4);
    done(await campaigns.delete(uuid));
    const group = done(await groups.create({ name: 'New' }));
    done(await groups.rename(group.uuid, { name: 'Newer' }));
    done(await groups.rename(group.uuid, { name: 'Newer' }));
    done(await groups.delete(group.uuid));
    expect(await raised()).toBe(8);
  });

  it('stays as it is when another workspace changes', async () => {
    const [mine, other] = [await open(), await open()];
    const before = await mine.revision();
    done(await other.campaigns.create({ name: 'Elsewhere', group: { name: 'Farmers' } }));
    expect(await mine.revision()).toBe(before);
  });
});

describe('writes that wait together', () => {
  it('each see what the ones before them wrote: of two with one name the first wins', async () => {
    const { campaigns, revision } = await open();
    const before = await revision();
    let commits = 0;
    database.measure((work) => {
      if (work === 'commit') commits += 1;
    });
    const outcomes = await Promise.all(
      ['Same', 'Other', 'SAME', 'same'].map((name) => campaigns.create({ name, group: { name: 'Farmers' } })),
    );
    expect(commits).toBe(1);
    expect(outcomes.map((outcome) => 'value' in outcome)).toEqual([true, true, false, false]);
    expect(await revision()).toBe(before + 2);
    expect(await campaigns.list.where({}).count()).toBe(2);
  });

  it('take nothing with them when one of them fails', async () => {
    const { id, campaigns, revision } = await open();
    const before = await revision();
    const outcomes = await Promise.allSettled([
      campaigns.create({ name: 'Before', group: { name: 'Farmers' } }),
      database.write(id, async (write) => {
        await write.db.updateTable('groups').set({ name: 'Half done' }).where('workspace_id', '=', id).execute();
        await write.record({
          action: 'updated',
          type: 'Group',
          uuid: 'half done',
          fields: '[]',
          changedOn: 0,
          author: AUTHOR,
        });
        throw new Error('no');
      }),
      campaigns.create({ name: 'After', group: { name: 'Farmers' } }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await revision()).toBe(before + 2);
    const { rows } = await campaigns.list
      .where({})
      .page({ ordering: { field: 'created', direction: 'asc' }, from: 'start', limit: 10 });
    expect(rows.map(({ name, group }) => [name, group.name])).toEqual([
      ['Before', 'Farmers'],
      ['After', 'Farmers'],
    ]);
  });

  it('share one transaction, and are all there afterwards', async () => {
    const { campaigns, revision } = await open();
    let commits = 0;
    database.measure((work) => {
      if (work === 'commit') commits += 1;
    });
    const names = Array.from({ length: 30 }, (_nothing, place) => `Together ${place}`);
    const made = await Promise.all(names.map((name) => campaigns.create({ name, group: { name: 'Farmers' } })));
    expect(made.map((outcome) => done(outcome).name)).toEqual(names);
    // On a machine that has much else to do, a transaction may end before it has all of them.
    expect(commits).toBeLessThanOrEqual(3);
    expect(await campaigns.list.where({}).count()).toBe(30);
    expect(made.map((outcome) => done(outcome).revision)).toEqual(names.map((_name, place) => place + 1));
    expect(await revision()).toBe(30);
  });

  it('do not keep others waiting until all their callers have made their answers', async () => {
    const { campaigns } = await open();
    let answered = 0;
    const names = Array.from({ length: 30 }, (_nothing, place) => `Answered ${place}`);
    const write = async (name: string) => {
      await campaigns.create({ name, group: { name: 'Farmers' } });
      for (const end = performance.now() + 5; performance.now() < end;);
      answered += 1;
    };
    for (const name of names) void write(name);
    const inTurns: number[] = [];
    for (let before = 0; answered < names.length; before = answered) {
      await nextTurn();
      inTurns.push(answered - before);
    }
    expect(Math.max(...inTurns)).toBeLessThanOrEqual(3);
  });

  it('do not share that of one that may take long', async () => {
    const { id, campaigns } = await open();
    let commits = 0;
    database.measure((work) => {
      if (work === 'commit') commits += 1;
    });
    await Promise.all([
      campaigns.create({ name: 'Short', group: { name: 'Farmers' } }),
      database.write(
        id,
        ({ db }) => db.updateTable('groups').set({ query: 'x' }).where('workspace_id', '=', id).execute(),
        {
          long: true,
        },
      ),
    ]);
    expect(commits).toBe(2);
  });

  it.each([{ long: true }, { long: false }])(
    'of one workspace, however many and long ($long), delay the write of another one by no more than one of them',
    async (options) => {
      const [busy, other] = [await open(), await open()];
      const order: string[] = [];
      const work = () => wait(60);
      const writes = Array.from({ length: 8 }, () =>
        database.write(busy.id, work, options).then(() => order.push('busy')),
      );
      writes.push(
        other.campaigns.create({ name: 'Other', group: { name: 'Farmers' } }).then(() => order.push('other')),
      );
      await Promise.all(writes);
      expect(order.indexOf('other')).toBeLessThanOrEqual(4);
    },
  );

  it('of many workspaces, all long, delay the short write of another one by no more than one of them', async () => {
    const importing = await Promise.all(Array.from({ length: 12 }, open));
    const other = await open();
    const order: string[] = [];
    const writes = importing.map(({ id }) =>
      database.write(id, () => wait(60), { long: true }).then(() => order.push('long')),
    );
    await wait(10);
    writes.push(other.campaigns.create({ name: 'Other', group: { name: 'Farmers' } }).then(() => order.push('other')));
    await Promise.all(writes);
    // On PostgreSQL several run at the same time, and the short write runs beside them.
    expect(order.indexOf('other')).toBeLessThanOrEqual(6);
    expect(order).toHaveLength(13);
  });
});
