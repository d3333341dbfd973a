import type { SqlBool } from 'kysely';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { rebuildDerivedData } from '../../src/model/derived-data.ts';
import { acceptDisappearance } from '../../src/upstream/accept.ts';
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
const TIED = 4 as WorkspaceId;

describe('disappearances', () => {
  let account: LiveAccount;
  let mirror: Mirror;

  beforeEach(async () => {
    account = await openLiveAccount();
    mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin4'), { share: 300, timeout: 2000 });
    await mirror.pass(2 * MINUTE);
  });

  /** Archives or restores about this percentage of the account's campaigns. Returns how many these are. */
  const archive = (percent: number, archived: 0 | 1 = 1): Promise<number> =>
    account.world.database.administer(async (session) => {
      const rows = await session.db
        .updateTable('campaigns')
        .set({ is_archived: archived })
        .where('workspace_id', '=', TIED)
        .where('is_active', '=', 1)
        .where(sql<SqlBool>`(id * 7919) % 100 < ${percent}`)
        .returning('uuid')
        .execute();
      await rebuildDerivedData(session, TIED);
      await session.db
        .updateTable('workspaces')
        .set((eb) => ({ revision: eb('revision', '+', 1) }))
        .where('id', '=', TIED)
        .execute();
      return rows.length;
    });

  it('follows those that are few, all over the list', async () => {
    const revision = await revisionOf(mirror);
    const chosen = await archive(15);
    expect(chosen).toBeGreaterThan(50);
    await mirror.pass(5 * MINUTE);
    await expectSame(mirror);
    const changes = await changesAfter(mirror, revision);
    expect(changes).toHaveLength(chosen);
    expect(new Set(changes)).toEqual(new Set(['upstream archived Campaign archived: false -> true']));
  });

  it('pauses at too many, changes nothing, and goes on by itself when they are back', async () => {
    const revision = await revisionOf(mirror);
    await archive(40);
    valueOf(await campaignsOf(account, TIED).create({ name: 'New', group: { name: 'Others' } }));
    await mirror.pass(5 * MINUTE);
    expect(await mirror.state()).toMatchObject({
      state: 'paused',
      problem: expect.stringMatching(/^\d+ of \d+ campaigns have disappeared/) as string,
    });
    const { campaigns } = await shownHere(mirror);
    expect(campaigns.length).toBeGreaterThanOrEqual(522);
    const paused = await revisionOf(mirror);
    await mirror.restart();
    await mirror.pass(5 * MINUTE);
    expect(await revisionOf(mirror)).toBe(paused);

    await archive(40, 0);
    await mirror.pass(6 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
    await expectSame(mirror);
    expect(await changesAfter(mirror, revision)).toEqual([
      expect.stringContaining('created Campaign name: null -> New'),
    ]);
  });

  it('takes them as gone when a person says that this is right', async () => {
    const revision = await revisionOf(mirror);
    const chosen = await archive(40);
    await mirror.pass(5 * MINUTE);
    expect(await acceptDisappearance(mirror.database, mirror.workspace)).toBe(true);
    await mirror.pass(5 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
    expect(await acceptDisappearance(mirror.database, mirror.workspace)).toBe(false);
    await expectSame(mirror);
    expect(await changesAfter(mirror, revision)).toHaveLength(chosen);
  });

  it('asks again when many more disappear later, also when one more disappeared after the person’s answer', async () => {
    await archive(40);
    await mirror.pass(5 * MINUTE);
    expect(await acceptDisappearance(mirror.database, mirror.workspace)).toBe(true);
    await archive(41);
    await mirror.pass(10 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
    await expectSame(mirror);
    await archive(90);
    await mirror.pass(5 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'paused' });
  });

  it('asks again when they were back after the person’s answer, also when it was started anew meanwhile', async () => {
    await archive(40);
    await mirror.pass(5 * MINUTE);
    expect(await acceptDisappearance(mirror.database, mirror.workspace)).toBe(true);
    await mirror.restart();
    for (let passed = 0; passed < 100 && (await mirror.state()).state === 'paused'; passed += 1)
      await mirror.pass(5 * SECOND);
    expect(await mirror.state()).toMatchObject({ state: 'following' });
    await archive(40, 0);
    await mirror.restart();
    await mirror.pass(8 * MINUTE);
    await expectSame(mirror);
    await archive(60);
    await mirror.pass(8 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'paused' });
  });

  it('takes them as gone also when this is said while the follower asks the account, and is said again', async () => {
    await archive(40);
    await mirror.pass(5 * MINUTE);
    let accepted = 0;
    account.fault = () =>
      accepted++ < 2
        ? { kind: 'late', until: () => acceptDisappearance(mirror.database, mirror.workspace) }
        : undefined;
    await mirror.pass(8 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
    await expectSame(mirror);
  });
});

describe('groups that disappear', () => {
  /** An account and its mirror, which have twelve more groups, each with a campaign. */
  async function open() {
    const account = await openLiveAccount();
    const [groups, campaigns] = [groupsOf(account, SMALL), campaignsOf(account, SMALL)];
    const made: { readonly group: string; readonly campaign: string }[] = [];
    for (let place = 0; place < 12; place += 1) {
      const group = valueOf(await groups.create({ name: `Season ${place}` }));
      const campaign = valueOf(await campaigns.create({ name: `Season ${place}`, group: { uuid: group.uuid } }));
      made.push({ group: group.uuid, campaign: campaign.uuid });
    }
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'));
    await mirror.pass(2 * MINUTE);
    await expectSame(mirror);
    return { account, groups, campaigns, made, mirror, revision: await revisionOf(mirror) };
  }

  /** The account does not list groups that it initializes. */
  const initialize = ({ world }: LiveAccount, uuids: readonly string[]) =>
    world.database.administer(async ({ db }) => {
      const group = db.updateTable('groups').set({ status: 'initializing' }).where('workspace_id', '=', SMALL);
      await group.where('uuid', 'in', uuids).execute();
      const workspace = db.updateTable('workspaces').set((eb) => ({ revision: eb('revision', '+', 1) }));
      await workspace.where('id', '=', SMALL).execute();
    });

  it('do not pause the mirror while campaigns have all of them, because then they are not gone', async () => {
    const { account, campaigns, made, mirror, revision } = await open();
    const uuids = made.map(({ group }) => group);
    await initialize(account, uuids);
    valueOf(await campaigns.update(made[0]?.campaign ?? '', { name: 'Renamed meanwhile' }));
    await mirror.pass(5 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
    expect(await changesAfter(mirror, revision)).toEqual([
      'upstream updated Campaign name: Season 0 -> Renamed meanwhile',
    ]);
    expect((await shownHere(mirror)).groups.map(({ uuid }) => uuid)).toEqual(expect.arrayContaining(uuids));
  });

  it('pause it when a campaign has not all of them; one answer is enough, and deletes the one without a campaign', async () => {
    const { account, groups, made, mirror } = await open();
    const unused = valueOf(await groups.create({ name: 'Without a campaign' }));
    await mirror.pass(MINUTE);
    const before = await revisionOf(mirror);
    await initialize(
      account,
      made.map(({ group }) => group),
    );
    valueOf(await groups.delete(unused.uuid));
    await mirror.pass(5 * MINUTE);
    expect(await mirror.state()).toMatchObject({
      state: 'paused',
      problem: expect.stringMatching(/^13 of \d+ groups have disappeared/) as string,
    });
    expect(await acceptDisappearance(mirror.database, mirror.workspace)).toBe(true);
    await mirror.pass(5 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
    expect(await changesAfter(mirror, before)).toEqual([
      expect.stringMatching(/^upstream deleted Group name: Without a campaign -> null/),
    ]);
  });

  it.each(['the same process', 'another one'])(
    'with their campaigns are gone when a person says once that this is right, which %s follows',
    async (process) => {
      const { groups, campaigns, made, mirror } = await open();
      const unused = valueOf(await groups.create({ name: 'Without a campaign' }));
      await mirror.pass(MINUTE);
      const revision = await revisionOf(mirror);
      for (const { group, campaign } of made) {
        valueOf(await campaigns.delete(campaign));
        valueOf(await groups.delete(group));
      }
      valueOf(await groups.delete(unused.uuid));
      await mirror.pass(5 * MINUTE);
      expect(await mirror.state()).toMatchObject({
        state: 'paused',
        problem: expect.stringMatching(/^13 of \d+ groups and 12 of \d+ campaigns have disappeared/) as string,
      });
      expect(await acceptDisappearance(mirror.database, mirror.workspace)).toBe(true);
      if (process === 'another one') await mirror.restart();
      await mirror.pass(5 * MINUTE);
      expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
      await expectSame(mirror);
      expect(await changesAfter(mirror, revision)).toHaveLength(25);
      // The answer is used up.
      const more = await Promise.all(
        Array.from({ length: 12 }, (_, place) => groups.create({ name: `Later ${place}` })),
      );
      await mirror.pass(MINUTE);
      for (const group of more) valueOf(await groups.delete(valueOf(group).uuid));
      await mirror.pass(5 * MINUTE);
      expect(await mirror.state()).toMatchObject({ state: 'paused' });
    },
  );
});

it('takes more campaigns as gone than a statement can name', { timeout: 60_000 }, async () => {
  const account = await openLiveAccount();
  account.fault = withoutDefinitions;
  const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'));
  await mirror.pass(5 * SECOND);
  await mirror.database.administer(async ({ db }) => {
    await sql`
      with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 33000)
      insert into campaigns
        (workspace_id, group_id, uuid, name, name_key, search_key, is_archived, is_active, created_on, modified_on)
      select workspace_id, id, lower(printf('%08x-0000-4000-8000-000000000000', n)), 'Gone ' || n, 'gone ' || n, 'gone ' || n, 0, 1, n, n
      from numbers join (select workspace_id, id from groups where workspace_id = ${mirror.workspace} limit 1)`.execute(
      db,
    );
  });
  await mirror.pass(5 * MINUTE);
  expect(await mirror.state()).toMatchObject({ state: 'paused' });
  expect(await acceptDisappearance(mirror.database, mirror.workspace)).toBe(true);
  await mirror.pass(5 * MINUTE);
  expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
  await expectSame(mirror);
});
