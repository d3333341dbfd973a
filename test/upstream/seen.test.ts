import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { WorkspaceId } from '../../src/database/tables.ts';
import { createToken } from '../../src/access/administration.ts';
import { mirrorNames } from '../../src/model/open-mirror.ts';
import { fixture, found } from '../support/fixture.ts';
import type { World } from '../support/world.ts';
import { openWorld } from '../support/world.ts';
import type { UpstreamAnswer } from './support/gateway.ts';
import { mirrored, NOTHING, openGateway, UPSTREAM } from './support/gateway.ts';
import type { LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';
import { accountOf } from './support/mirror.ts';

const METRICS = 'a long token of metrics';

let account: LiveAccount;
let gateway: World;

beforeAll(async () => {
  account = await openLiveAccount();
  gateway = await openGateway(account, ['admin2'], { metricsToken: METRICS.replaceAll(' ', '-') });
  await mirrored(gateway, 'editor2');
});

async function upstream(world: World = gateway) {
  const { viewer } = await world.as('editor2').data<UpstreamAnswer>(UPSTREAM);
  return viewer.workspace.upstream;
}

async function metrics(world: World = gateway): Promise<Map<string, number>> {
  const answer = await fetch(`${world.url}/metrics`, {
    headers: { authorization: `Bearer ${METRICS.replaceAll(' ', '-')}` },
  });
  const lines = (await answer.text()).matchAll(/^(campaigns_upstream\w*) (\S+)$/gm);
  return new Map([...lines].map(([, name = '', value]) => [name, Number(value)]));
}

describe('the state of the account', () => {
  it('shows in the viewer’s workspace', async () => {
    const state = await upstream();
    expect(state).toMatchObject({
      url: account.url,
      state: 'FOLLOWING',
      problem: null,
      budget: { allowedPerHour: 3_600, usedLastHour: expect.any(Number) },
    });
    for (const time of [state?.since, state?.lastContactAt, state?.completeAsOf]) {
      expect(Math.abs(Date.now() - Date.parse(time ?? ''))).toBeLessThan(60_000);
    }
    expect(state?.lagSeconds).toBeLessThan(60);
    expect(state?.budget.usedLastHour).toBeGreaterThan(1);
  });

  it('is null where the workspace is kept on the server alone', async () => {
    expect(await upstream(account.world)).toBeNull();
  });

  it('shows in the metrics', async () => {
    const values = await metrics();
    expect(values.get('campaigns_upstreams')).toBe(1);
    expect(values.get('campaigns_upstreams_following')).toBe(1);
    expect(values.get('campaigns_upstreams_away')).toBe(0);
    expect(values.get('campaigns_upstream_lag_seconds')).toBeLessThan(60);
    expect(values.get('campaigns_upstream_requests_last_hour')).toBeGreaterThan(1);
  });

  it('is told by readiness, and an account that is away does not make a server unready', async () => {
    const ready = async () => {
      const answer = await fetch(`${gateway.url}/readyz`);
      return [answer.status, await answer.json()];
    };
    expect(await ready()).toEqual([200, { status: 'ready', upstreams: { following: 1 } }]);
    // Repeats until the follower, which may be in the middle of its first head poll, has written nothing in between.
    await vi.waitFor(async () => {
      await gateway.database.reader.db
        .updateTable('upstreams')
        .set({ state: 'away', problem: 'It does not answer.' })
        .execute();
      expect(await ready()).toEqual([200, { status: 'ready', upstreams: { away: 1 } }]);
      expect((await metrics()).get('campaigns_upstreams_away')).toBe(1);
      expect(await upstream()).toMatchObject({ state: 'AWAY', problem: 'It does not answer.' });
    });
  });

  it('is not told by a server without accounts', async () => {
    expect(await (await fetch(`${account.world.url}/readyz`)).json()).toEqual({ status: 'ready' });
  });
});

describe('a workspace whose account is not among the server’s any more', () => {
  it('is counted neither by readiness nor by the metrics, nor named at the start', async () => {
    const upstreams = [accountOf(account, 'admin4')];
    const world = await openWorld({ upstreams, metricsToken: METRICS.replaceAll(' ', '-') });
    await wasMirrorOf(world, 'http://gone.example');
    await mirrored(world, 'admin4');
    const ready = await fetch(`${world.url}/readyz`);
    expect(await ready.json()).toEqual({ status: 'ready', upstreams: { following: 1 } });
    const values = await metrics(world);
    expect([values.get('campaigns_upstreams'), values.get('campaigns_upstreams_following')]).toEqual([1, 1]);
    expect(values.get('campaigns_upstream_lag_seconds')).toBeLessThan(60);
    const { name } = found(fixture.workspaces, ({ id }) => id === 4);
    expect(await mirrorNames(world.database.reader, [account.url])).toEqual([name]);
    expect(await mirrorNames(world.database.reader, [])).toEqual([]);
  });

  it.each([
    ['', Number.POSITIVE_INFINITY],
    [', as costly queries say, too', 0],
  ])('is kept on the server from then on%s', async (_what, costlyFrom) => {
    const other = accountOf(account, 'admin4');
    const world = await openWorld({ upstreams: [other] }, fixture, { costlyFrom });
    await wasMirrorOf(world, 'http://gone.example');
    const reply = await world.rest.ask('/groups.json', { body: { name: 'Kept here' } });
    expect(reply.status).toBe(201);
    expect(await upstream(world)).toBeNull();
  });

  it('is not written here while it is not known whether its account is', async () => {
    const url = 'http://127.0.0.1:9';
    const world = await openWorld({
      upstreams: [
        { url, token: 'a' },
        { url, token: 'b' },
      ],
    });
    await wasMirrorOf(world, url);
    const reply = await world.rest.ask('/groups.json', { body: { name: 'Not yet' } });
    expect(reply.status).toBe(503);
    expect((await world.rest.ask('/groups.json?name=Not%20yet')).json).toMatchObject({ results: [] });
    expect(await upstream(world)).toMatchObject({ url });
  });

  it('is not written here while an account does not answer that may be the same one at another address', async () => {
    const moved = await openLiveAccount();
    await moved.leave();
    const world = await openWorld({ upstreams: [accountOf(moved, 'admin2')] });
    await wasMirrorOf(world, 'http://old.example');
    const write = async () => (await world.rest.ask('/groups.json', { body: { name: 'Not yet' } })).status;
    expect(await write()).toBe(503);
    expect((await world.rest.ask('/groups.json?name=Not%20yet')).json).toMatchObject({ results: [] });

    await moved.comeBack();
    expect(await write()).toBe(201);
    expect((await moved.world.rest.ask('/groups.json?name=Not%20yet')).json).toMatchObject({
      results: [{ name: 'Not yet' }],
    });
  });

  it('is not written here while the server has a token of another workspace at the same address', async () => {
    const world = await openWorld({ upstreams: [accountOf(account, 'admin4')] });
    await wasMirrorOf(world, account.url);
    expect((await world.rest.ask('/groups.json', { body: { name: 'Not yet' } })).status).toBe(503);
  });

  it('is not written into the account of another workspace, whose token is there since a start without an answer', async () => {
    const away = await openLiveAccount();
    await away.leave();
    const world = await openWorld({ upstreams: [accountOf(away, 'admin4')] });
    await wasMirrorOf(world, away.url);
    const write = async () => (await world.rest.ask('/groups.json', { body: { name: 'Not yet' } })).status;
    expect(await write()).toBe(503);
    await away.comeBack();
    expect(await write()).toBe(503);
    expect(away.asked.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('does not keep those from being written that have never had one', async () => {
    const world = await openWorld({ upstreams: [{ url: 'http://127.0.0.1:9', token: 'a' }] });
    await wasMirrorOf(world, 'http://old.example', 4);
    expect((await world.rest.ask('/groups.json', { body: { name: 'Kept here' } })).status).toBe(201);
  });
});

describe('a mirror whose server is started with a token that the account refuses', () => {
  it('is changed by callers with tokens of the account, and by no others', async () => {
    const workspaces = fixture.workspaces.filter(({ id }) => id === 2);
    const world = await openWorld({ upstreams: [{ url: account.url, token: 'revoked' }] }, { ...NOTHING, workspaces });
    const { id } = await world.database.reader.db.selectFrom('workspaces').select('id').executeTakeFirstOrThrow();
    await wasMirrorOf(world, account.url, id);
    const ours = {
      workspace: 'Mto Farming',
      email: 'a@b.example',
      role: 'editor',
      name: 'API',
      expiresOn: null,
    } as const;
    const key = await createToken(world.database, ours);
    const headers = { Authorization: `Token ${key}` };
    const body = { name: 'Changed' };
    expect((await world.rest.ask('/groups.json', { as: null, headers, body })).status).toBe(503);
    expect((await world.rest.ask('/groups.json', { body })).status).toBe(201);
    expect((await world.rest.ask('/contacts.json')).status).toBe(200);
  });
});

/** Marks a workspace as the former mirror of the account at an address. */
async function wasMirrorOf({ database }: World, url: string, workspace = 2): Promise<void> {
  await database.administer(({ db }) =>
    db
      .insertInto('upstreams')
      .values({ workspace_id: workspace as WorkspaceId, url, state: 'following', since: 0, progress: '{}' })
      .execute(),
  );
}
