import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { clockTime } from '../../src/model/time.ts';
import type { Account } from '../../src/upstream/accounts.ts';
import { startFollowing } from '../../src/upstream/following.ts';
import { Upstreams } from '../../src/upstream/upstreams.ts';
import { afterwards } from '../support/afterwards.ts';
import { openEmptyDatabase } from '../support/world.ts';
import { valueOf } from '../webhooks/support/world.ts';
import { openLiveAccount } from './support/live-account.ts';
import { accountOf, groupsOf, MINUTE, openMirrorOf, revisionOf, shownHere } from './support/mirror.ts';

const SMALL = 2 as WorkspaceId;
const SOON = { timeout: 20_000, interval: 100 };

/** Follows an account as a server does, until the tests of the file have ended. Returns the faults and failures so far. */
function follow(database: Database, account: Account): { readonly faults: unknown[]; readonly failures: string[] } {
  const faults: unknown[] = [];
  const failures: string[] = [];
  const following = startFollowing(
    new Upstreams([account], database),
    {
      database,
      share: 900,
      clock: clockTime,
      // This gives the shortest delays.
      random: () => 1,
      events: { changed() {}, failed: (_workspace, { kind }) => void failures.push(kind), became() {} },
    },
    (fault) => faults.push(fault),
    ({ kind }) => failures.push(kind),
  );
  afterwards(() => following.stop());
  return { faults, failures };
}

it('asks the account nothing while the database is away', async () => {
  const account = await openLiveAccount();
  const url = 'postgres://nobody@127.0.0.1:9/nothing';
  const database = await openDatabase({ engine: 'postgres', url, connections: 2, pooler: false });
  afterwards(() => database.close());
  const { faults } = follow(database, accountOf(account, 'admin2'));
  await expect.poll(() => faults.length, { timeout: 10_000 }).toBeGreaterThan(1);
  expect(account.asked).toEqual([]);
});

describe('an account that does not answer when the server starts', () => {
  it('is away, and goes on with its mirror when it answers', async () => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'), {
      start: clockTime() - 2 * MINUTE,
    });
    await mirror.pass(MINUTE);
    await mirror.stop();
    await account.leave();
    const { failures } = follow(mirror.database, accountOf(account, 'admin2'));
    await expect.poll(async () => (await mirror.state()).problem, SOON).toContain('ECONNREFUSED');
    expect(failures).toEqual(['unreachable']);

    await account.comeBack();
    const group = valueOf(await groupsOf(account, SMALL).create({ name: 'Made meanwhile' }));
    await expect.poll(async () => (await shownHere(mirror)).groups[0]?.uuid, SOON).toBe(group.uuid);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
  });

  it('leaves the mirror alone, and has another one, when its token turns out to be of another workspace', async () => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'), {
      start: clockTime() - 2 * MINUTE,
    });
    await mirror.pass(MINUTE);
    await mirror.stop();
    const revision = await revisionOf(mirror);
    await account.leave();
    const { failures } = follow(mirror.database, accountOf(account, 'admin4'));
    await expect.poll(() => failures, SOON).toEqual(['unreachable']);

    await account.comeBack();
    await expect.poll(async () => (await mirror.state()).state, SOON).toBe('refused');
    expect((await mirror.state()).problem).toBe('The token of the server is of another workspace.');
    const other = async () =>
      (await mirror.database.reader.db.selectFrom('upstreams').select(['workspace_id', 'state']).execute()).filter(
        (row) => row.workspace_id !== mirror.workspace,
      );
    await expect.poll(other, SOON).toMatchObject([{ state: 'following' }]);
    expect(await revisionOf(mirror)).toBe(revision);
  });
});
