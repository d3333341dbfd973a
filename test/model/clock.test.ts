import { afterEach, describe, expect, it, vi } from 'vitest';
import { Campaigns } from '../../src/model/campaigns.ts';
import { Groups } from '../../src/model/groups.ts';
import { AUTHOR } from '../support/author.ts';
import { giveClockBack } from '../support/clock.ts';
import { done } from '../support/outcome.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FAR = Date.parse('2099-01-01') * 1000;
const newestFirst = { ordering: { field: 'created', direction: 'desc' }, from: 'start', limit: 50 } as const;

afterEach(giveClockBack);

/** Moves the clock by this many ms. */
const setClock = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

/** A workspace whose campaigns were created this many ms from now. Infinity stands for the year 2099. */
async function open(...createdIn: number[]) {
  const created = createdIn.map((ms) => (Number.isFinite(ms) ? (Date.now() + ms) * 1000 : FAR));
  const workspace = await makeWorkspace(database, {
    groups: [{ name: 'Farmers', ...(created[0] !== undefined && { created: created[0] }) }],
    campaigns: created.map((time, place) => ({ name: `Stored ${place}`, created: time })),
  });
  const campaigns = new Campaigns(database, workspace.id, AUTHOR);
  return {
    workspace,
    campaigns,
    groups: new Groups(database, workspace.id, AUTHOR),
    create: async (name: string) => done(await campaigns.create({ name, group: { name: 'Farmers' } })),
    names: async () => (await campaigns.list.where({}).page(newestFirst)).rows.map(({ name }) => name),
  };
}

describe('a new row', () => {
  it('comes first in the list, although the clock was set back while the server ran', async () => {
    const { create, names } = await open();
    const first = await create('First');
    setClock(-60 * MINUTE);
    const second = await create('Second');
    expect(second.createdOn).toBeGreaterThanOrEqual(first.createdOn);
    expect(await names()).toEqual(['Second', 'First']);
  });

  it('comes first in the list, although the clock was ahead when others were created', async () => {
    const { create, names, groups } = await open(30 * MINUTE);
    await create('New');
    expect(await names()).toEqual(['New', 'Stored 0']);
    done(await groups.create({ name: 'New group' }));
    const { rows } = await groups.list.where({}).page(newestFirst);
    expect(rows.map(({ name }) => name)).toEqual(['New group', 'Farmers']);
  });

  it('is not dragged along by a row that is dated far in the future', async () => {
    const { create, names } = await open(Number.POSITIVE_INFINITY, 30 * MINUTE, 2 * DAY);
    const { createdOn } = await create('New');
    expect(createdOn).toBeLessThan((Date.now() + DAY) * 1000);
    expect(await names()).toEqual(['Stored 0', 'Stored 2', 'New', 'Stored 1']);
  });

  it('follows a clock that is set back by more than a day, because the time before was wrong', async () => {
    const { create } = await open();
    await create('Before');
    setClock(-3 * DAY);
    const other = await open();
    expect((await other.create('After')).createdOn).toBeLessThanOrEqual(Date.now() * 1000);
  });
});

describe('a change', () => {
  it('is never dated before the creation', async () => {
    const { workspace, campaigns } = await open(Number.POSITIVE_INFINITY);
    const uuid = workspace.campaigns[0]?.uuid ?? '';
    const { createdOn, modifiedOn } = done(await campaigns.update(uuid, { name: 'Changed' }));
    expect([createdOn, modifiedOn]).toEqual([FAR, FAR]);
  });
});
