import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { networkOf } from '../../src/network/client-network.ts';
import { newKey } from '../../src/model/token-key.ts';
import { failureCounter, MAX_COUNTERS } from '../../src/access/failure-limit.ts';
import { rateLimiter } from '../../src/access/rate-limit.ts';
import { readConfig } from '../../src/config.ts';
import { Client } from '../support/client.ts';
import { fixture } from '../support/fixture.ts';
import { RestClient } from '../support/rest-client.ts';
import { openWorld } from '../support/world.ts';

const VIEWER = '{ viewer { role } }';

/** Sends `times` wrong tokens, one after the other. Returns the status of each answer. */
async function guess(times: number, ask: (key: string) => Promise<{ status: number }>): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time += 1) statuses.push((await ask(newKey())).status);
  return statuses;
}

const graphql = (url: string) => (key: string) => new Client(url, key).ask(VIEWER);
const rest = (base: string) => (key: string) =>
  new RestClient(base).ask('/groups.json', { headers: { Authorization: `Token ${key}` } });

/** A list with `status` `count` times. */
const times = (count: number, status: number) => Array.from({ length: count }, () => status);

describe('forty wrong tokens from one address', () => {
  it('meet 429 in GraphQL after the thirtieth, and the database is not asked', async () => {
    const { url, statements } = await openWorld();
    const began = performance.now();
    expect(await guess(30, graphql(url))).toEqual(times(30, 401));
    const asked = statements.length;
    expect(await guess(10, graphql(url))).toEqual(times(10, 429));
    const refused = await new Client(url, newKey()).ask(VIEWER);
    const seconds = refused.headers.get('retry-after') ?? '';
    // The minute began with the first wrong token. On a busy machine the others take some of it.
    const passed = Math.ceil((performance.now() - began) / 1_000);
    expect(Number(seconds)).toBeGreaterThanOrEqual(60 - passed);
    expect(Number(seconds)).toBeLessThanOrEqual(60);
    expect(refused.codes).toEqual(['RATE_LIMITED']);
    expect(refused.errors[0]?.message).toBe(
      `Too many wrong API tokens have come from this address. Try again in ${seconds} seconds.`,
    );
    expect(statements.length).toBe(asked);
  });

  it('meet 429 in REST, in its words, and GraphQL counts with it', async () => {
    const { url, statements } = await openWorld();
    expect(await guess(10, graphql(url))).toEqual(times(10, 401));
    expect(await guess(20, rest(url))).toEqual(times(20, 403));
    const asked = statements.length;
    expect(await guess(10, rest(url))).toEqual(times(10, 429));
    const email = fixture.users[0]?.email ?? '';
    const basic = Buffer.from(`${email}:${newKey()}`).toString('base64');
    for (const authorization of [`Token ${newKey()}`, `Basic ${basic}`]) {
      const { status, headers, json } = await new RestClient(url).ask('/groups.json', {
        headers: { Authorization: authorization },
      });
      const seconds = headers.get('retry-after') ?? '';
      expect([status, json]).toEqual([
        429,
        { detail: `Request was throttled. Expected available in ${seconds} seconds.` },
      ]);
    }
    expect(await guess(1, graphql(url))).toEqual([429]);
    expect(statements.length).toBe(asked);
  });

  it('do not stop a token that the server has seen before, also after a commit', async () => {
    const world = await openWorld();
    expect((await world.as('admin').ask(VIEWER)).status).toBe(200);
    expect((await world.rest.ask('/groups.json', { as: 'editor2' })).status).toBe(200);
    await guess(40, graphql(world.url));
    expect((await world.as('admin').ask(VIEWER)).status).toBe(200);
    expect((await world.rest.ask('/groups.json', { as: 'editor2' })).status).toBe(200);
    // A commit empties the cache of callers.
    await world.as('admin').data('mutation { createGroup(input: { name: "Since" }) { userErrors { code } } }');
    expect((await world.as('admin').ask(VIEWER)).status).toBe(200);
    // A right token that the server has not seen before is refused as well.
    expect((await world.as('editor').ask(VIEWER)).status).toBe(429);
  });

  it('count as a wrong token does when a token has been revoked since', async () => {
    const world = await openWorld({ authFailureLimit: { requests: 2, seconds: 60 } });
    const ask = async () => (await world.as('admin').ask(VIEWER)).status;
    expect(await ask()).toBe(200);
    await world.database.administer(({ db }) =>
      db.updateTable('api_tokens').set({ is_active: 0 }).where('name', '=', 'admin').execute(),
    );
    expect([await ask(), await ask(), await ask()]).toEqual([401, 401, 429]);
  });
});

describe('the limit', () => {
  it('does not count requests without a token, or with a header that has none', async () => {
    const world = await openWorld({ authFailureLimit: { requests: 1, seconds: 60 } });
    for (const authorization of ['', 'Bearer', 'Token a b', 'Digest x']) {
      const { status } = await world.rest.ask('/groups.json', { as: null, headers: { Authorization: authorization } });
      expect(status).toBe(403);
    }
    expect((await world.as('admin').ask(VIEWER)).status).toBe(200);
  });

  it('ends with its window', async () => {
    const world = await openWorld({ authFailureLimit: { requests: 1, seconds: 1 } });
    expect(await guess(2, graphql(world.url))).toEqual([401, 429]);
    await expect.poll(async () => (await world.as('admin').ask(VIEWER)).status, { timeout: 3_000 }).toBe(200);
  });

  it('is never longer than its window, also after the clock was set back', async () => {
    const limit = { requests: 1, seconds: 60 };
    const failures = failureCounter(limit);
    const countRequest = rateLimiter(limit);
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    await failures.count('203.0.113.1');
    await countRequest('workspace');
    vi.setSystemTime(Date.now() - 86_400_000);
    expect(await failures.secondsToWait('203.0.113.1')).toBe(60);
    const state = await countRequest('workspace');
    expect(state).toMatchObject({ allowed: false, retryAfter: 60, resetAt: (Date.now() + 60_000) * 1000 });
  });

  it('can be off', async () => {
    const { url } = await openWorld({ authFailureLimit: null });
    expect(await guess(40, graphql(url))).toEqual(times(40, 401));
  });

  it('is for each address that a trusted proxy names, and for each network of IPv6', async () => {
    const { trustProxy } = readConfig({ TRUST_PROXY: '1' });
    const { url } = await openWorld({ authFailureLimit: { requests: 1, seconds: 60 }, trustProxy });
    const from = async (address: string) => {
      const headers = { authorization: `Bearer ${newKey()}`, 'x-forwarded-for': address };
      return (await fetch(`${url}/graphql?query={viewer{role}}`, { headers })).status;
    };
    expect([await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.2')]).toEqual([401, 429, 401]);
    expect(await from('2001:db8:0:1::1')).toBe(401);
    expect(await from('2001:db8:0:1:ffff::9')).toBe(429);
    expect(await from('2001:db8:0:2::1')).toBe(401);
  });

  it('takes no address from a client that no proxy stands before', async () => {
    const { url } = await openWorld({ authFailureLimit: { requests: 1, seconds: 60 } });
    const statuses: number[] = [];
    for (const address of ['203.0.113.1', '203.0.113.2']) {
      const headers = { authorization: `Bearer ${newKey()}`, 'x-forwarded-for': address };
      statuses.push((await fetch(`${url}/graphql?query={viewer{role}}`, { headers })).status);
    }
    expect(statuses).toEqual([401, 429]);
  });

  it('remembers a bounded number of addresses', async () => {
    // The timers are counted, because each counter has one.
    const timers = vi.spyOn(globalThis, 'setTimeout');
    onTestFinished(() => timers.mockRestore());
    const failures = failureCounter({ requests: 30, seconds: 60 });
    for (let n = 0; n < 3 * MAX_COUNTERS; n += 1) {
      await failures.count(`10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`);
    }
    expect(timers.mock.calls.length).toBeLessThanOrEqual(MAX_COUNTERS);
    expect(timers.mock.calls.length).toBeGreaterThan(0.9 * MAX_COUNTERS);
  });
});

it.each([
  ['203.0.113.1', '203.0.113.1'],
  ['::ffff:203.0.113.1', '203.0.113.1'],
  ['2001:db8:a:b:1:2:3:4', '2001:db8:a:b::/64'],
  ['2001:DB8:000A:b::4', '2001:db8:a:b::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ['unknown', 'unknown'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('the address %s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
