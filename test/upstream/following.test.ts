import { expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { openDatabase } from '../../src/database/open.ts';
import { clockTime } from '../../src/model/time.ts';
import type { Account } from '../../src/upstream/accounts.ts';
import { startFollowing } from '../../src/upstream/following.ts';
import { Upstreams } from '../../src/upstream/upstreams.ts';
import { afterwards } from '../support/afterwards.ts';
import { openLiveAccount } from './support/live-account.ts';
import { accountOf } from './support/mirror.ts';

/** Follows an account as a server does. Returns the faults so far. It ends after the tests of the file. */
function follow(database: Database, account: Account): unknown[] {
  const faults: unknown[] = [];
  const following = startFollowing(
    new Upstreams([account], database),
    {
      database,
      share: 900,
      clock: clockTime,
      // The shortest delays.
      random: () => 1,
      events: { changed() {}, failed() {}, became() {} },
    },
    (fault) => faults.push(fault),
    () => {},
  );
  afterwards(() => following.stop());
  return faults;
}

it('asks the account nothing while the database is away', async () => {
  const account = await openLiveAccount();
  const url = 'postgres://nobody@127.0.0.1:9/nothing';
  const database = await openDatabase({ engine: 'postgres', url, connections: 2, pooler: false });
  afterwards(() => database.close());
  const faults = follow(database, accountOf(account, 'admin2'));
  await expect.poll(() => faults.length, { timeout: 10_000 }).toBeGreaterThan(1);
  expect(account.asked).toEqual([]);
});
