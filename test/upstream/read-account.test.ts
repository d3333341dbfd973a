import { afterEach, expect, it } from 'vitest';
import { AccountClient } from '../../src/upstream/account-client.ts';
import { formatTime } from '../../src/model/time.ts';
import { readCampaign, readGroup } from '../../src/upstream/answers.ts';
import { readAccount } from '../../src/upstream/read-account.ts';
import { listen } from '../http/support.ts';

const clients: AccountClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

const group = (place: number) => ({
  uuid: `00000000-0000-4000-8000-00000000000${place}`,
  name: `Group ${place}`,
  query: null,
  status: 'ready',
  system: false,
  count: 0,
});

it.each([
  ['goes back to an earlier page', (page: number) => (page + 1) % 3],
  ['shows the same rows under new cursors', (page: number) => page + 3],
])('a list that %s is not read on', async (_what, nextOf) => {
  let asked = 0;
  const { url } = await listen(({ url: path = '' }, response) => {
    if (path.startsWith('/api/v2/workspace.json')) {
      response.end('{"uuid":"b7c2f8a0-7a0e-4d3e-9f0b-0123456789ab","name":"Round"}');
      return;
    }
    asked += 1;
    const page = Number(new URL(path, url).searchParams.get('cursor') ?? 0);
    const next = `${url}/api/v2/groups.json?cursor=${nextOf(page)}`;
    response.end(JSON.stringify({ next, previous: null, results: [group(page % 3)] }));
  });
  const client = new AccountClient({ url, token: 'a token' }, 1_000);
  clients.push(client);
  expect(await readAccount(client, { read: () => {}, waiting: () => {} })).toEqual({
    failure: {
      kind: 'unknown',
      reason: 'Its list has no end: the "next" of a page leads to rows that were read before.',
    },
  });
  expect(asked).toBeLessThanOrEqual(4);
});

it.each([
  ['1683-12-31T00:00:00Z', false],
  ['1685-01-01T00:00:00Z', true],
  ['2255-01-01T00:00:00Z', true],
  ['2256-01-01T00:00:00Z', false],
])('a campaign that was created at %s can be stored exactly: %j', (created, isRead) => {
  const campaign = { ...group(1), group: group(2), created_on: created };
  if (isRead) expect(formatTime(readCampaign(campaign).createdOn)).toBe(created.replace('Z', '.000Z'));
  else expect(() => readCampaign(campaign)).toThrow('the years 1684 to 2255');
});

it.each([
  [2 ** 31, 2 ** 31 - 1],
  [2 ** 31 - 1, 2 ** 31 - 1],
  [-1, 0],
  ['5', 0],
])('a group with the count %j has a number of contacts that GraphQL can show', (count, shown) => {
  expect(readGroup({ ...group(1), count }).count).toBe(shown);
});
