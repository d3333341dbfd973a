import { expect, it, vi } from 'vitest';
import { clockTime } from '../../src/model/time.ts';
import { AccountClient } from '../../src/upstream/account-client.ts';
import { startFollowing } from '../../src/upstream/following.ts';
import { Upstreams } from '../../src/upstream/upstreams.ts';
import { openEmptyDatabase } from '../support/world.ts';
import { openLiveAccount } from './support/live-account.ts';
import { accountOf } from './support/mirror.ts';

it('a server stops soon while an account does not answer, and leaves the account free for others', async () => {
  const account = await openLiveAccount();
  // This request uses the connection of the request for the workspace again.
  account.fault = ({ path }) => (path === '/api/v2/groups.json' ? { kind: 'silence', when: 'before' } : undefined);
  const database = await openEmptyDatabase();
  const fail = (error: unknown) => {
    throw new Error('a fault', { cause: error });
  };
  const following = startFollowing(
    new Upstreams([accountOf(account, 'admin2')], database),
    {
      database,
      share: 900,
      clock: clockTime,
      random: Math.random,
      events: { changed: () => {}, failed: () => {}, became: () => {} },
    },
    fail,
    fail,
  );
  await vi.waitFor(() => expect(account.asked.map(({ path }) => path)).toContain('/api/v2/groups.json'), 10_000);
  const began = performance.now();
  await following.stop();
  expect(performance.now() - began).toBeLessThan(6_000);
  expect(account.asked.filter(({ path }) => path === '/api/v2/groups.json')).toHaveLength(1);
  const held = await database.reader.db.selectFrom('upstreams').select('held_until').executeTakeFirstOrThrow();
  expect(held.held_until).toBeLessThanOrEqual(clockTime());
});

it('a client that is closed sends nothing any more, nor do those that share its connections', async () => {
  const account = await openLiveAccount();
  const client = new AccountClient(accountOf(account, 'admin2'));
  const forWrites = client.forWrites();
  expect((await client.workspace()).kind).toBe('ok');
  const asked = account.asked.length;
  client.close();
  expect([(await client.workspace()).kind, (await forWrites.createGroup({ name: 'Late' })).kind]).toEqual([
    'unreachable',
    'unreachable',
  ]);
  expect(account.asked).toHaveLength(asked);
});
