import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/database/tables.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import { clockTime } from '../../src/model/time.ts';
import { openEmptyDatabase } from '../support/world.ts';
import { valueOf } from '../webhooks/support/world.ts';
import type { LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';
import type { Mirror } from './support/mirror.ts';
import {
  accountOf,
  campaignsOf,
  changesAfter,
  expectSame,
  groupsOf,
  MINUTE,
  openMirrorOf,
  revisionOf,
  SECOND,
  shownHere,
  withoutDefinitions,
} from './support/mirror.ts';

const SMALL = 2 as WorkspaceId;
const LARGE = 1 as WorkspaceId;
const TIED = 4 as WorkspaceId;

let account: LiveAccount;

beforeAll(async () => {
  account = await openLiveAccount();
  account.fault = withoutDefinitions;
});

describe('the first sweep', () => {
  it('stops where the list leads in a circle, says so, and goes on when it does not any more', async () => {
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin4'));
    let asked = 0;
    account.fault = (request) => {
      if (!/campaigns\.json.*cursor/.test(request.path)) return withoutDefinitions(request);
      asked += 1;
      const next = `${account.url}/api/v2/campaigns.json?cursor=${asked % 2 ? 'b' : 'a'}`;
      return { kind: 'answer', status: 200, body: { next, previous: null, results: [] } };
    };
    await mirror.pass(10 * MINUTE);
    account.fault = withoutDefinitions;
    expect(await mirror.state()).toMatchObject({ state: 'away', problem: expect.stringContaining('has no end') });
    expect(asked).toBeLessThan(40);
    await mirror.pass(20 * MINUTE);
    await expectSame(mirror);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
  });

  it.each([
    ['a small account', 'admin2'],
    ['an account with several pages', 'admin'],
    ['an account with hundreds of campaigns of one moment', 'admin4'],
  ] as const)('brings all of %s, in its order', async (_what, token) => {
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, token));
    await mirror.pass(5 * SECOND);
    await expectSame(mirror);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null, retryOn: 0 });
    expect(mirror.told).toContain('following');
  });

  it('names the workspace as the account does', async () => {
    const database = await openEmptyDatabase();
    const mirror = await openMirrorOf(database, accountOf(account, 'admin2'));
    const workspace = await database.reader.db
      .selectFrom('workspaces')
      .select(['id', 'uuid', 'name'])
      .executeTakeFirst();
    expect(workspace).toEqual({
      id: mirror.workspace,
      uuid: '3fe6e7be-9ba0-4717-9ed4-0c227dab7ad2',
      name: 'Mto Farming',
    });
  });
});

describe('a follower of a small account', () => {
  let mirror: Mirror;
  let revision: number;
  const list = () =>
    campaignsOf(account, SMALL)
      .list.where({})
      .page({ ordering: { field: 'created', direction: 'desc' }, from: 'start', limit: 50 });
  const campaign = async (place: number): Promise<Campaign> => {
    const { rows } = await list();
    const found = rows[place];
    if (!found) throw new Error(`there is no campaign ${place}`);
    return found;
  };

  beforeAll(async () => {
    mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'));
    await mirror.pass(MINUTE);
    await expectSame(mirror);
  });

  const changes = async (): Promise<string[]> => {
    await mirror.pass(70 * SECOND);
    await expectSame(mirror);
    const found = await changesAfter(mirror, revision);
    // While nothing changes in the account, the follower writes nothing.
    const now = await revisionOf(mirror);
    await mirror.pass(2 * MINUTE);
    expect(await revisionOf(mirror)).toBe(now);
    return found;
  };
  const begin = async () => {
    revision = await revisionOf(mirror);
  };

  it('sees new campaigns and groups', async () => {
    await begin();
    const group = valueOf(await groupsOf(account, SMALL).create({ name: 'Beekeepers' }));
    valueOf(await campaignsOf(account, SMALL).create({ name: 'Hive checks', group: { uuid: group.uuid } }));
    expect(await changes()).toEqual([
      'upstream created Group name: null -> Beekeepers, status: null -> ready, system: null -> false, contactCount: null -> 0',
      'upstream created Campaign name: null -> Hive checks, group: null -> Beekeepers, archived: null -> false',
    ]);
  });

  it('sees other names and other groups', async () => {
    await begin();
    const { uuid, name } = await campaign(1);
    valueOf(await campaignsOf(account, SMALL).update(uuid, { name: `${name} again`, group: { name: 'Beekeepers' } }));
    const group = await groupsOf(account, SMALL).find({ name: 'Beekeepers' });
    valueOf(await groupsOf(account, SMALL).rename(group?.uuid ?? '', { name: 'Bee keepers' }));
    const found = await changes();
    expect(found[0]).toBe('upstream updated Group name: Beekeepers -> Bee keepers');
    expect(found[1]).toMatch(
      new RegExp(`^upstream updated Campaign name: ${name} -> ${name} again, group: .+ -> Bee keepers$`),
    );
    expect(found).toHaveLength(2);
  });

  it('sees names that were swapped, and those that went round', async () => {
    await begin();
    const [a, b, c] = [await campaign(0), await campaign(1), await campaign(2)];
    const rename = async ({ uuid }: Campaign, name: string) =>
      valueOf(await campaignsOf(account, SMALL).update(uuid, { name }));
    await rename(a, 'for a moment');
    await rename(b, a.name);
    await rename(c, b.name);
    await rename(a, c.name);
    expect((await changes()).toSorted()).toEqual(
      [
        `upstream updated Campaign name: ${a.name} -> ${c.name}`,
        `upstream updated Campaign name: ${b.name} -> ${a.name}`,
        `upstream updated Campaign name: ${c.name} -> ${b.name}`,
      ].toSorted(),
    );
  });

  it('sees what was archived as archived where the account does not say, and what was restored', async () => {
    await begin();
    const { uuid } = await campaign(0);
    valueOf(await campaignsOf(account, SMALL).update(uuid, { archived: true }));
    expect(await changes()).toEqual(['upstream archived Campaign archived: false -> true']);
    await begin();
    valueOf(await campaignsOf(account, SMALL).update(uuid, { archived: false }));
    expect(await changes()).toEqual(['upstream restored Campaign archived: true -> false']);
  });

  it('tells deleted campaigns from archived ones where the account says it', async () => {
    const says = await openLiveAccount();
    const here = await openMirrorOf(await openEmptyDatabase(), accountOf(says, 'admin2'));
    await here.pass(MINUTE);
    const before = await revisionOf(here);
    const { rows } = await campaignsOf(says, SMALL)
      .list.where({})
      .page({
        ordering: { field: 'created', direction: 'desc' },
        from: 'start',
        limit: 2,
      });
    const [archived, deleted] = rows;
    valueOf(await campaignsOf(says, SMALL).update(archived?.uuid ?? '', { archived: true }));
    valueOf(await campaignsOf(says, SMALL).delete(deleted?.uuid ?? ''));
    // One look is enough, because the account says that these are archived.
    await here.pass(30 * SECOND);
    expect((await changesAfter(here, before)).map((change) => change.split(' ').slice(0, 3).join(' '))).toEqual([
      'upstream archived Campaign',
    ]);
    await here.pass(MINUTE);
    expect((await changesAfter(here, before)).map((change) => change.split(' ').slice(0, 3).join(' '))).toEqual([
      'upstream archived Campaign',
      'upstream deleted Campaign',
    ]);
    await expectSame(here);
  });

  it('sees deleted groups, after the campaigns that had them', async () => {
    await begin();
    const group = valueOf(await groupsOf(account, SMALL).create({ name: 'For a while' }));
    const made = valueOf(await campaignsOf(account, SMALL).create({ name: 'Short', group: { uuid: group.uuid } }));
    await changes();
    await begin();
    valueOf(await campaignsOf(account, SMALL).update(made.uuid, { archived: true }));
    valueOf(await groupsOf(account, SMALL).delete(group.uuid));
    await mirror.pass(2 * MINUTE);
    expect((await changes()).map((change) => change.split(' ').slice(1, 3).join(' '))).toEqual([
      'archived Campaign',
      'deleted Group',
    ]);
  });

  it('takes the name of a campaign that was deleted and made again at once', async () => {
    await begin();
    const { uuid, name, group } = await campaign(3);
    valueOf(await campaignsOf(account, SMALL).delete(uuid));
    valueOf(await campaignsOf(account, SMALL).create({ name, group: { uuid: group.uuid } }));
    await mirror.pass(2 * MINUTE);
    await expectSame(mirror);
    const { campaigns } = await shownHere(mirror);
    expect(campaigns.filter((one) => one.name === name)).toHaveLength(1);
  });

  it('sees a name that moved on before the one that has it now', async () => {
    await begin();
    const old = await campaign(4);
    valueOf(await campaignsOf(account, SMALL).update(old.uuid, { name: `${old.name}, old` }));
    valueOf(await campaignsOf(account, SMALL).create({ name: old.name, group: { uuid: old.group.uuid } }));
    expect((await changes()).map((change) => change.split(',')[0])).toEqual([
      `upstream updated Campaign name: ${old.name} -> ${old.name}`,
      `upstream created Campaign name: null -> ${old.name}`,
    ]);
  });

  it('asks four times a minute and no more', async () => {
    const before = account.asked.length;
    await mirror.pass(10 * MINUTE);
    expect(account.asked.length - before).toBeLessThanOrEqual(42);
  });
});

describe('a clock that was ahead and is set back', () => {
  const HOUR = 60 * MINUTE;

  it.each([
    ['one that goes on', 'admin2', async (mirror: Mirror) => mirror.setBack(HOUR)],
    ['one that sweeps', 'admin', async (mirror: Mirror) => mirror.setBack(HOUR)],
    [
      'one that starts after it',
      'admin2',
      async (mirror: Mirror) => {
        await mirror.restart();
        mirror.setBack(HOUR);
      },
    ],
  ] as const)('stops no follower: %s', async (_what, token, setBack) => {
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, token), {
      start: clockTime() + HOUR,
    });
    await mirror.pass(2 * MINUTE);
    await setBack(mirror);
    const workspace = token === 'admin' ? LARGE : SMALL;
    const page = { ordering: { field: 'created', direction: 'asc' }, from: 'start', limit: 1 } as const;
    const { rows } = await campaignsOf(account, workspace).list.where({}).page(page);
    const [oldest] = rows;
    valueOf(await campaignsOf(account, workspace).update(oldest?.uuid ?? '', { name: `Found by ${_what}` }));
    await mirror.pass(3 * MINUTE);
    await expectSame(mirror);
  });

  it.each([
    ['one that goes on', HOUR, async () => {}],
    ['one that starts after it', 40 * 24 * HOUR, (mirror: Mirror) => mirror.restart()],
  ])('stops none that waits after a failure: %s', async (what, ahead, restart) => {
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'), {
      start: clockTime() + ahead,
    });
    await mirror.pass(MINUTE);
    account.fault = () => ({ kind: 'answer', status: 500 });
    await mirror.pass(35 * SECOND);
    account.fault = withoutDefinitions;
    mirror.setBack(ahead);
    await restart(mirror);
    valueOf(await groupsOf(account, SMALL).create({ name: `Made after a failure: ${what}` }));
    await mirror.pass(MINUTE);
    await expectSame(mirror);
  });
});

describe('a follower of an account with several pages', () => {
  it('sees another name on the last page within a sweep, and a new campaign within a head poll', async () => {
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin'));
    await mirror.pass(MINUTE);
    const page = { ordering: { field: 'created', direction: 'asc' }, from: 'start', limit: 1 } as const;
    const { rows } = await campaignsOf(account, LARGE).list.where({}).page(page);
    const [oldest] = rows;
    if (!oldest) throw new Error('the fixture has none');
    const revision = await revisionOf(mirror);
    valueOf(await campaignsOf(account, LARGE).update(oldest.uuid, { name: 'The oldest one' }));
    valueOf(await campaignsOf(account, LARGE).create({ name: 'The newest one', group: { uuid: oldest.group.uuid } }));
    await mirror.pass(31 * SECOND);
    expect(await changesAfter(mirror, revision)).toContainEqual(expect.stringContaining('The newest one'));
    await mirror.pass(2 * MINUTE);
    expect(await changesAfter(mirror, revision)).toContainEqual(expect.stringContaining('-> The oldest one'));
    await expectSame(mirror);
  });

  it('walks on from the first page while whole pages are new', async () => {
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin4'));
    await mirror.pass(MINUTE);
    const group = await groupsOf(account, TIED).find({ name: 'Others' });
    for (let n = 0; n < 300; n += 1) {
      valueOf(await campaignsOf(account, TIED).create({ name: `Many ${n}`, group: { uuid: group?.uuid ?? '' } }));
    }
    await mirror.pass(31 * SECOND);
    const { campaigns } = await shownHere(mirror);
    expect(campaigns.filter(({ name }) => name.startsWith('Many '))).toHaveLength(300);
    await expectSame(mirror);
  });

  it('has new campaigns of the same millisecond in the account’s order, also those on two pages', async () => {
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin4'));
    await mirror.pass(MINUTE);
    const group = await groupsOf(account, TIED).find({ name: 'Others' });
    for (let n = 0; n < 300; n += 1) {
      valueOf(await campaignsOf(account, TIED).create({ name: `At once ${n}`, group: { uuid: group?.uuid ?? '' } }));
    }
    await account.world.database.administer(({ db }) =>
      db
        .updateTable('campaigns')
        .set({ created_on: clockTime() })
        .where('workspace_id', '=', TIED)
        .where('name', 'like', 'At once %')
        .execute(),
    );
    await mirror.pass(31 * SECOND);
    const { campaigns } = await shownHere(mirror);
    expect(campaigns.filter(({ name }) => name.startsWith('At once '))).toHaveLength(300);
    await expectSame(mirror);
  });

  it('shows what is new on the first page while the account fails to give the second one', async () => {
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin4'));
    await mirror.pass(MINUTE);
    const group = await groupsOf(account, TIED).find({ name: 'Others' });
    for (let n = 0; n < 251; n += 1) {
      valueOf(await campaignsOf(account, TIED).create({ name: `Seen ${n}`, group: { uuid: group?.uuid ?? '' } }));
      // This one is alone on the second page. If it got the time of the last one on the first page, it would be the newer of the two here.
      if (n === 0) await wait(2);
    }
    account.fault = (request) =>
      /campaigns\.json.*cursor/.test(request.path)
        ? { kind: 'answer', status: 500, body: {} }
        : withoutDefinitions(request);
    await mirror.pass(31 * SECOND);
    account.fault = withoutDefinitions;
    const { campaigns } = await shownHere(mirror);
    expect(campaigns.filter(({ name }) => name.startsWith('Seen '))).toHaveLength(250);
    await mirror.pass(3 * MINUTE);
    await expectSame(mirror);
  });
});
