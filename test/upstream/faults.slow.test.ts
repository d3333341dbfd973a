import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { revokeToken } from '../../src/access/administration.ts';
import { notePending } from '../../src/model/upstream.ts';
import { tokenKey } from '../support/fixture.ts';
import { openEmptyDatabase } from '../support/world.ts';
import { valueOf } from '../webhooks/support/world.ts';
import type { Fault, LiveAccount } from './support/live-account.ts';
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
  shownBy,
  shownHere,
} from './support/mirror.ts';

const LARGE = 1 as WorkspaceId;
const SMALL = 2 as WorkspaceId;
const TIED = 4 as WorkspaceId;

/** The names of the campaigns that the account shows. */
async function listed(account: LiveAccount, workspace: WorkspaceId) {
  const page = { ordering: { field: 'created', direction: 'desc' }, from: 'start', limit: 250 } as const;
  return (await campaignsOf(account, workspace).list.where({}).page(page)).rows;
}

describe('a follower of an account that fails', () => {
  let account: LiveAccount;
  let mirror: Mirror;

  beforeEach(async () => {
    account = await openLiveAccount();
    mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'), { timeout: 200 });
    await mirror.pass(MINUTE);
  });

  it.each<[string, Fault, string]>([
    ['answers 500', { kind: 'answer', status: 500 }, 'It answered 500.'],
    [
      'answers 502 with a page',
      { kind: 'answer', status: 502, headers: { 'content-type': 'text/html' } },
      'It answered 502.',
    ],
    [
      'answers with something else',
      { kind: 'answer', status: 200, body: { hello: 1 } },
      'Its answer is not that of API v2',
    ],
    ['redirects', { kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'It answered 302.'],
    ['cuts connections', { kind: 'cut', when: 'before' }, 'The connection failed'],
    ['cuts answers', { kind: 'cut within' }, 'The connection'],
    ['does not answer', { kind: 'silence', when: 'before' }, 'There was no answer within'],
  ])('%s: goes away, is asked ever more rarely, and comes back', async (_what, fault, problem) => {
    account.fault = () => fault;
    await mirror.pass(MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'away', problem: expect.stringContaining(problem) as string });
    await mirror.pass(30 * MINUTE);
    const before = account.asked.length;
    await mirror.pass(60 * MINUTE);
    // One every 7.5 minutes: the longest delay is 15 minutes, and the jitter of this test halves it. A GET whose connection broke is
    // repeated once.
    expect(account.asked.length - before).toBeGreaterThan(2);
    expect(account.asked.length - before).toBeLessThan(25);

    account.fault = () => undefined;
    valueOf(await campaignsOf(account, SMALL).create({ name: 'Meanwhile', group: { name: 'Reporters' } }));
    await mirror.pass(20 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
    await expectSame(mirror);
  });

  it('waits as long as the account asks for, and not less', async () => {
    account.fault = () => ({ kind: 'answer', status: 429, headers: { 'retry-after': '600' } });
    await mirror.pass(31 * SECOND);
    const before = account.asked.length;
    account.fault = () => undefined;
    await mirror.pass(9 * MINUTE);
    expect(account.asked.length).toBe(before);
    expect(await mirror.state()).toMatchObject({
      state: 'following',
      problem: 'The account allows no more requests at present.',
    });
    await mirror.pass(2 * MINUTE);
    expect(account.asked.length).toBeGreaterThan(before);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
  });

  it('stops when its token is revoked, keeps what it has, and goes on when the token is good again', async () => {
    const { campaigns } = await shownHere(mirror);
    await revokeToken(account.world.database, { token: tokenKey('admin2') });
    await mirror.pass(40 * SECOND);
    expect(await mirror.state()).toMatchObject({
      state: 'refused',
      problem: 'The account refuses the token of the server.',
    });
    const before = account.asked.length;
    await mirror.pass(14 * MINUTE);
    expect(account.asked.length).toBe(before);
    expect((await shownHere(mirror)).campaigns).toEqual(campaigns);
    await account.world.database.administer(({ db }) =>
      db.updateTable('api_tokens').set({ is_active: 1 }).where('name', '=', 'admin2').execute(),
    );
    await mirror.pass(16 * MINUTE);
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
  });

  it('loses no campaigns between two pages when a question about the holder of a name fails', async () => {
    const oldestFirst = { ordering: { field: 'created', direction: 'asc' }, from: 'start', limit: 1 } as const;
    const [newest] = await listed(account, LARGE);
    const [oldest] = (await campaignsOf(account, LARGE).list.where({}).page(oldestFirst)).rows;
    if (!newest || !oldest) throw new Error('the fixture has none');
    let pages = 0;
    let questions = 0;
    account.fault = ({ path }) => {
      if (path.includes(`uuid=${newest.uuid}`)) return questions++ === 0 ? { kind: 'answer', status: 429 } : undefined;
      if (!path.startsWith('/api/v2/campaigns.json')) return undefined;
      pages += 1;
      if (pages === 2) return { kind: 'late', until: giveName };
      // The list cannot be read from its start again, because this would show the campaigns that the first sweep has lost.
      return pages > 2 && !path.includes('cursor=') ? { kind: 'answer', status: 500 } : undefined;
    };
    const giveName = async () => {
      valueOf(await campaignsOf(account, LARGE).update(newest.uuid, { archived: true, name: 'Out of the way' }));
      valueOf(await campaignsOf(account, LARGE).update(oldest.uuid, { name: newest.name }));
    };
    mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin'));
    await mirror.pass(2 * MINUTE);
    expect(questions).toBeGreaterThan(1);
    expect((await mirror.state()).completeAsOf).not.toBeNull();
    account.fault = () => undefined;
    const { campaigns } = await shownHere(mirror);
    expect(campaigns).toEqual((await shownBy(mirror.client)).campaigns);
  });

  it('concludes nothing from a sweep with an error', async () => {
    const revision = await revisionOf(mirror);
    const { uuid } = (await listed(account, SMALL))[0] ?? { uuid: '' };
    valueOf(await campaignsOf(account, SMALL).update(uuid, { archived: true }));
    account.fault = ({ path }) => (path.includes('definitions') ? { kind: 'answer', status: 500 } : undefined);
    await mirror.pass(40 * SECOND);
    expect(await changesAfter(mirror, revision)).toEqual([]);
  });
});

describe('a follower whose cursors the account does not take any more', () => {
  it.each([404, 500])('reads the list from its first page again: %i', async (status) => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin'));
    // The pages are known after two sweeps of each list.
    await mirror.pass(3 * MINUTE);
    const [, second] = await listed(account, LARGE);
    const page = { ordering: { field: 'created', direction: 'asc' }, from: 'start', limit: 1 } as const;
    const [oldest] = (await campaignsOf(account, LARGE).list.where({}).page(page)).rows;
    if (!second || !oldest) throw new Error('the fixture has too few campaigns');
    // One campaign less on the first page moves all rows up, so that every page gets another cursor.
    valueOf(await campaignsOf(account, LARGE).update(second.uuid, { archived: true }));
    valueOf(await campaignsOf(account, LARGE).update(oldest.uuid, { name: 'Renamed after the update' }));
    const known = new Set(account.asked.map(({ path }) => path).filter((path) => path.includes('cursor=')));
    account.fault = ({ path }) => (known.has(path) ? { kind: 'answer', status } : undefined);
    const named = async () => (await shownHere(mirror)).campaigns.at(-1)?.name;
    for (let minutes = 0; minutes < 10 && (await named()) === oldest.name; minutes += 1) await mirror.pass(MINUTE);
    expect(await named()).toBe('Renamed after the update');
    expect(await mirror.state()).toMatchObject({ state: 'following', problem: null });
  });
});

describe('a follower that goes on after another one', () => {
  it('reads on where the other one was, and learns what is gone from a sweep of its own', async () => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin'));
    // The third page of campaigns fails, so that the first sweep stops before its end.
    account.fault = ({ path }) =>
      path.includes('cursor=') && account.asked.filter((asked) => asked.path.includes('cursor=')).length > 1
        ? { kind: 'answer', status: 500 }
        : undefined;
    await mirror.pass(2 * SECOND);
    expect(await mirror.state()).toMatchObject({ state: 'catching-up', completeAsOf: null });
    account.fault = () => undefined;
    await mirror.restart();
    const before = account.asked.length;
    await mirror.pass(30 * SECOND);
    const asked = account.asked.slice(before);
    expect(asked[0]?.path).toContain('campaigns.json?cursor=');
    await expectSame(mirror);
    expect((await mirror.state()).state).toBe('following');
  });

  it('leaves an account alone that another instance follows, and takes it over when that one has gone', async () => {
    const account = await openLiveAccount();
    const database = await openEmptyDatabase();
    const first = await openMirrorOf(database, accountOf(account, 'admin2'));
    await first.pass(MINUTE);
    const second = await openMirrorOf(database, accountOf(account, 'admin2'));
    const before = account.asked.length;
    await second.pass(2 * MINUTE);
    expect(account.asked.length).toBe(before);
    // Nothing more comes from the first follower.
    await second.pass(3 * MINUTE);
    expect(account.asked.length).toBeGreaterThan(before);
    await expectSame(second);
  });

  it('is no reason to make more requests than the share', async () => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin'), { share: 60 });
    const before = account.asked.length;
    for (let n = 0; n < 12; n += 1) {
      await mirror.restart();
      await mirror.pass(5 * MINUTE);
    }
    expect(account.asked.length - before).toBeLessThanOrEqual(60);
    expect((await mirror.state()).requestsMade).toBeLessThanOrEqual(60);
  });
});

describe('what was written through', () => {
  it('is not undone by a replica that is behind', async () => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'));
    await mirror.pass(MINUTE);
    const [campaign] = await listed(account, SMALL);
    if (!campaign) throw new Error('the fixture has none');
    const behind = await answersOf(account, ['/api/v2/campaigns.json', '/api/v2/groups.json']);

    // The write goes to the account and then into the mirror, as in a request.
    const { uuid, name, group, createdOn } = valueOf(
      await campaignsOf(account, SMALL).update(campaign.uuid, { name: 'Written through' }),
    );
    const made = valueOf(
      await campaignsOf(account, SMALL).create({ name: 'Made through', group: { uuid: group.uuid } }),
    );
    await mirror.database.write(mirror.workspace, async (write) => {
      const { mirrorCampaigns } = await import('../../src/model/mirror-campaigns.ts');
      const author = { origin: 'graphql', user: 'a@b.example', token: 'x' } as const;
      const rows = [
        { uuid: made.uuid, name: made.name, archived: false, group: made.group, createdOn: made.createdOn },
        { uuid, name, archived: false, group, createdOn },
      ];
      await mirrorCampaigns(write, mirror.workspace, author, { rows, final: true });
      for (const row of rows) await notePending(write, mirror.workspace, row.uuid, mirror.time());
    });
    const revision = await revisionOf(mirror);

    account.fault = ({ method, path }) =>
      method === 'GET' && behind.has(path)
        ? { kind: 'answer', status: 200, body: behind.get(path) as object }
        : undefined;
    await mirror.pass(45 * SECOND);
    expect(await changesAfter(mirror, revision)).toEqual([]);
    account.fault = () => undefined;
    await mirror.pass(5 * MINUTE);
    expect(await changesAfter(mirror, revision)).toEqual([]);
    await expectSame(mirror);
  });

  it('counts in the hour of the account', async () => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'));
    await mirror.pass(MINUTE);
    await mirror.database.write(mirror.workspace, async (write) => {
      for (let n = 0; n < 50; n += 1) await notePending(write, mirror.workspace, crypto.randomUUID(), mirror.time());
    });
    const { requestsMade } = await mirror.state();
    await mirror.pass(MINUTE);
    expect((await mirror.state()).requestsMade).toBeGreaterThanOrEqual(requestsMade + 50);
    await mirror.pass(61 * MINUTE);
    expect((await mirror.state()).requestsMade).toBeLessThan(260);
  });

  it('slows sweeps down, and stops neither them nor head polls, when it is more than the share', async () => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin4'));
    await mirror.pass(MINUTE);
    await mirror.database.write(mirror.workspace, async (write) => {
      for (let n = 0; n < 1_000; n += 1) await notePending(write, mirror.workspace, crypto.randomUUID(), mirror.time());
    });
    await mirror.pass(2 * MINUTE);
    const [campaign] = await listed(account, TIED);
    if (!campaign) throw new Error('the fixture has none');
    valueOf(await campaignsOf(account, TIED).create({ name: 'Seen at once', group: { uuid: campaign.group.uuid } }));
    await mirror.pass(31 * SECOND);
    expect((await shownHere(mirror)).campaigns[0]?.name).toBe('Seen at once');

    const before = account.asked.filter(({ path }) => path.includes('cursor=')).length;
    await mirror.pass(30 * MINUTE);
    const swept = account.asked.filter(({ path }) => path.includes('cursor=')).length - before;
    expect(swept).toBeGreaterThan(5);
    expect(swept).toBeLessThan(30);
    await expectSame(mirror);
    await mirror.pass(60 * MINUTE);
    const { completeAsOf, requestsMade } = await mirror.state();
    expect(requestsMade).toBeLessThan(900);
    expect(mirror.time() - (completeAsOf ?? 0)).toBeLessThan(3 * MINUTE);
  });
});

describe('an account that says things which this database cannot have', () => {
  it('gets alternative names where two names are one here', async () => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'));
    await mirror.pass(MINUTE);
    const [one] = await listed(account, SMALL);
    if (!one) throw new Error('the fixture has none');
    // Other servers compare names differently.
    const twin = { uuid: crypto.randomUUID(), name: one.name, group: one.group };
    account.fault = ({ path }) =>
      path === '/api/v2/campaigns.json' ? { kind: 'answer', status: 200, body: withTwin } : undefined;
    const page = (await answersOf(account, ['/api/v2/campaigns.json'], true)).get('/api/v2/campaigns.json') as {
      results: { created_on: string }[];
    };
    const withTwin = { ...page, results: [{ ...page.results[0], ...twin }, ...page.results] };
    const revision = await revisionOf(mirror);
    await mirror.pass(MINUTE);
    const changes = await changesAfter(mirror, revision);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toContain(`null -> ${one.name} (${twin.uuid.slice(0, 8)})`);
    const { campaigns } = await shownHere(mirror);
    expect(campaigns).toContainEqual(expect.objectContaining({ uuid: one.uuid, name: one.name }));
    await mirror.pass(5 * MINUTE);
    expect(await changesAfter(mirror, revision)).toHaveLength(1);
    // The name is free now, so the other object gets it.
    valueOf(await campaignsOf(account, SMALL).update(one.uuid, { name: 'Out of the way' }));
    account.fault = () => undefined;
    const restored = (await answersOf(account, ['/api/v2/campaigns.json'])).get(
      '/api/v2/campaigns.json',
    ) as typeof page;
    const after = { ...restored, results: [withTwin.results[0], ...restored.results] };
    account.fault = ({ path }) =>
      path === '/api/v2/campaigns.json' ? { kind: 'answer', status: 200, body: after } : undefined;
    await mirror.pass(MINUTE);
    expect((await shownHere(mirror)).campaigns).toContainEqual(
      expect.objectContaining({ uuid: twin.uuid, name: one.name }),
    );
  });

  it('makes a group that only a campaign has named, and fills it in later', async () => {
    const account = await openLiveAccount();
    const mirror = await openMirrorOf(await openEmptyDatabase(), accountOf(account, 'admin2'));
    await mirror.pass(MINUTE);
    const behind = await answersOf(account, ['/api/v2/groups.json']);
    const group = valueOf(await groupsOf(account, SMALL).create({ name: 'Brand new' }));
    valueOf(await campaignsOf(account, SMALL).create({ name: 'For the new ones', group: { uuid: group.uuid } }));
    account.fault = ({ path }) =>
      behind.has(path) ? { kind: 'answer', status: 200, body: behind.get(path) as object } : undefined;
    const revision = await revisionOf(mirror);
    await mirror.pass(31 * SECOND);
    expect((await changesAfter(mirror, revision)).map((change) => change.split(' ').slice(0, 3).join(' '))).toEqual([
      'upstream created Group',
      'upstream created Campaign',
    ]);
    account.fault = () => undefined;
    await mirror.pass(2 * MINUTE);
    await expectSame(mirror);
    expect(await changesAfter(mirror, revision)).toHaveLength(2);
  });
});

/** The account's present answers at these addresses. */
async function answersOf(
  { url, world }: LiveAccount,
  paths: readonly string[],
  direct = false,
): Promise<Map<string, unknown>> {
  const answers = await Promise.all(
    paths.map(async (path) => {
      const response = await fetch(`${direct ? world.url : url}${path}`, {
        headers: { authorization: `Token ${tokenKey('admin2')}` },
      });
      return [path, await response.json()] as const;
    }),
  );
  return new Map(answers);
}
