import { describe, expect, it, onTestFinished } from 'vitest';
import { newKey } from '../../src/model/token-key.ts';
import { Client } from '../support/client.ts';
import { tokenKey } from '../support/fixture.ts';
import { NO_REDIS, REDIS, TestRedis } from '../support/redis.ts';
import type { World } from '../support/world.ts';
import { openWorld } from '../support/world.ts';

const LIMIT = { requests: 6, seconds: 3600 };
const QUERY = '{ viewer { rateLimit { limit remaining resetAt } } }';

interface Seen {
  readonly viewer: { readonly rateLimit: { readonly remaining: number; readonly resetAt: string } };
}

/** Two instances that share one Redis. Each has its own database, with the same workspaces. */
async function openInstances(redis: TestRedis): Promise<readonly [World, World]> {
  const settings = { rateLimit: LIMIT, redisUrl: redis.url };
  const worlds = [await openWorld(settings), await openWorld(settings)] as const;
  onTestFinished(async () => {
    for (const world of worlds) await world.close();
  });
  return worlds;
}

const remaining = async (world: World) => (await world.as('admin').data<Seen>(QUERY)).viewer.rateLimit.remaining;

/** The log lines about Redis. */
const said = (world: World) =>
  world.log.flatMap((line) => {
    const { msg, reason } = JSON.parse(line) as { msg: string; reason?: string };
    return msg.startsWith('Redis ') ? [`${msg} ${reason ?? ''}`] : [];
  });
const AWAY = /^Redis cannot be used/;
const BACK = /^Redis can be used again/;

async function startedRedis(): Promise<TestRedis> {
  const redis = await TestRedis.atFreePort();
  await redis.start();
  return redis;
}

describe.skipIf(!REDIS)(REDIS ? 'with Redis' : `with Redis: SKIPPED, ${NO_REDIS}`, () => {
  it('two instances share the budget of a workspace, over GraphQL and REST', async () => {
    const redis = await startedRedis();
    const [one, other] = await openInstances(redis);
    expect([await remaining(one), await remaining(other), await remaining(one)]).toEqual([5, 4, 3]);
    expect((await other.rest.ask('/groups.json', { as: 'admin' })).status).toBe(200);
    expect([await remaining(one), await remaining(other)]).toEqual([1, 0]);

    for (const world of [one, other]) {
      const refused = await world.as('editor').ask(QUERY);
      expect([refused.status, refused.codes]).toEqual([429, ['RATE_LIMITED']]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_500);
      const rest = await world.rest.ask('/groups.json', { as: 'admin' });
      const seconds = rest.headers.get('retry-after') ?? '';
      expect(Number(seconds)).toBeLessThanOrEqual(3_600);
      expect([rest.status, rest.json]).toEqual([
        429,
        { detail: `Request was throttled. Expected available in ${seconds} seconds.` },
      ]);
      // Another workspace has its own budget.
      expect((await world.as('admin2').ask(QUERY)).status).toBe(200);
    }

    const keys = (await redis.ask('KEYS *')).match(/\$\d+\r\n[^\r]+/g)?.map((one) => one.split('\r\n')[1] ?? '') ?? [];
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.filter((key) => !key.startsWith('campaigns:'))).toEqual([]);
    expect(keys.filter((key) => key.includes(tokenKey('admin')))).toEqual([]);
    for (const key of keys) expect(await redis.ask(`PTTL ${key}`)).toMatch(/:[1-9]\d*\r\n/);
    expect([...said(one), ...said(other)]).toEqual([]);
  });

  it('wrong tokens are counted by address over both', async () => {
    const [one, other] = await openInstances(await startedRedis());
    const guess = async (world: World) => (await new Client(world.url, newKey()).ask(QUERY)).status;
    const began = performance.now();
    for (let time = 0; time < 15; time++) expect([await guess(one), await guess(other)]).toEqual([401, 401]);
    expect([await guess(one), await guess(other)]).toEqual([429, 429]);
    const refused = await new Client(other.url, newKey()).ask(QUERY);
    // The minute began with the first wrong token. On a busy machine the others take some of it.
    const passed = Math.ceil((performance.now() - began) / 1_000);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(60 - passed);
  });

  it('requests go on while Redis is away, each instance with a budget of its own, and share again when it is back', async () => {
    const redis = await startedRedis();
    const [one, other] = await openInstances(redis);
    expect([await remaining(one), await remaining(other)]).toEqual([5, 4]);
    await redis.kill();
    expect([await remaining(one), await remaining(other), await remaining(other)]).toEqual([5, 5, 4]);
    // Failed attempts to reconnect are not logged, so each instance logs one line.
    await expect.poll(() => [...said(one), ...said(other)].length).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    for (const world of [one, other]) expect(said(world)).toEqual([expect.stringMatching(AWAY)]);

    await redis.start();
    for (const world of [one, other]) {
      await expect.poll(() => said(world)).toEqual([expect.stringMatching(AWAY), expect.stringMatching(BACK)]);
    }
    expect([await remaining(one), await remaining(other)]).toEqual([5, 4]);
    expect([...one.log, ...other.log].join('\n')).not.toContain('password-of-redis');
  });

  it('a Redis that hangs delays the requests of a moment by a tenth of a second, and later ones not at all', async () => {
    const redis = await startedRedis();
    const [one] = await openInstances(redis);
    await remaining(one);
    redis.pause();
    const began = performance.now();
    expect(await Promise.all([remaining(one), remaining(one)])).toEqual([5, 4]);
    expect(performance.now() - began).toBeGreaterThan(90);
    expect(performance.now() - began).toBeLessThan(1_000);
    const asked = said(one);
    const times: number[] = [];
    for (let later = 0; later < 3; later++) {
      const sent = performance.now();
      expect(await remaining(one)).toBe(3 - later);
      times.push(performance.now() - sent);
    }
    // Take the fastest request, because the machine may be slow at times. No request waits for Redis.
    expect(Math.min(...times)).toBeLessThan(90);
    redis.resume();
    await expect.poll(() => said(one).length).toBe(2);
    expect([asked, said(one)[1]]).toEqual([[expect.stringMatching(AWAY)], expect.stringMatching(BACK)]);
    await remaining(one);
  });

  it('a server starts without Redis, and uses it when it comes', async () => {
    const redis = await TestRedis.atFreePort();
    const [one, other] = await openInstances(redis);
    expect([await remaining(one), await remaining(other)]).toEqual([5, 5]);
    expect(said(one)).toEqual([expect.stringMatching(AWAY)]);
    await redis.start();
    for (const world of [one, other]) {
      await expect.poll(() => said(world).at(-1)).toMatch(BACK);
    }
    expect([await remaining(one), await remaining(other)]).toEqual([5, 4]);
  });

  it('a wrong password is an outage like any other, and is not in the log', async () => {
    const redis = await startedRedis();
    const world = await openWorld({ rateLimit: LIMIT, redisUrl: `redis://:a-wrong-secret@127.0.0.1:${redis.port}` });
    expect(await remaining(world)).toBe(5);
    expect(said(world)).toEqual([expect.stringMatching(/WRONGPASS|invalid/)]);
    expect(world.log.join('\n')).not.toContain('a-wrong-secret');
    await world.close();
  });
});
