import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Credentials } from '../../src/access/credentials.ts';
import { basicCredentials, tokenCredentials } from '../../src/access/credentials.ts';
import { createToken } from '../../src/access/administration.ts';
import type { Identity } from '../../src/access/identity.ts';
import { accountTokens, MAX_REMEMBERED, REMEMBERED } from '../../src/upstream/tokens.ts';
import { UpstreamUnavailableError } from '../../src/upstream/unavailable.ts';
import { listen } from '../http/support.ts';
import { Client } from '../support/client.ts';
import { fixture, found, tokenKey } from '../support/fixture.ts';
import type { World } from '../support/world.ts';
import { openWorld } from '../support/world.ts';
import { mirrored, NOTHING, openGateway } from './support/gateway.ts';
import type { LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';

const VIEWER = '{ viewer { role user { email } workspace { uuid name } } }';

let account: LiveAccount;
let gateway: World;

beforeAll(async () => {
  account = await openLiveAccount();
  gateway = await openGateway(account, ['admin2', 'editor']);
  await mirrored(gateway, 'editor2');
});

beforeEach(() => {
  account.fault = () => undefined;
});

/** How often the account was asked to whom a token belongs. */
const trials = () => account.asked.filter(({ path }) => path === '/api/v2/workspace.json').length;

describe('a token of the account', () => {
  it('gives its workspace, with the right to read and write', async () => {
    const { viewer } = await gateway.as('admin2').data<{ viewer: { user: { email: string } } }>(VIEWER);
    const { uuid, name } = found(fixture.workspaces, ({ id }) => id === 2);
    expect(viewer).toMatchObject({ role: 'EDITOR', workspace: { uuid, name } });
    expect(viewer.user.email).toMatch(/^token-[0-9a-f]{8}@127\.0\.0\.1$/);
  });

  it('gives each workspace of the server to its own tokens', async () => {
    const names = await Promise.all(
      (['editor', 'editor2'] as const).map(async (token) => {
        const { viewer } = await gateway
          .as(token)
          .data<{ viewer: { workspace: { name: string } } }>('{ viewer { workspace { name } } }');
        return viewer.workspace.name;
      }),
    );
    expect(names).toEqual(['Nyota Health', 'Mto Farming']);
  });

  it('is tried once, however many requests come with it', async () => {
    const before = trials();
    await Promise.all(Array.from({ length: 20 }, () => gateway.rest.ask('/groups.json', { as: 'both2' })));
    await gateway.rest.ask('/groups.json', { as: 'both2' });
    expect(trials() - before).toBe(1);
  });

  it('of somebody who may not read campaigns has no access', async () => {
    expect((await gateway.rest.ask('/campaigns.json', { as: 'agent2' })).status).toBe(403);
    expect((await gateway.as('agent2').ask(VIEWER)).codes).toEqual(['FORBIDDEN']);
  });

  it('of a workspace that is not kept here is refused', async () => {
    expect((await gateway.as('admin3').ask(VIEWER)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await gateway.rest.ask('/campaigns.json', { as: 'admin3' })).json).toEqual({ detail: 'Invalid token' });
  });
});

describe('a token that the account refuses', () => {
  it.each(['revoked', 'inactive'] as const)('is refused here, and tried once: %s', async (token) => {
    const before = trials();
    for (let i = 0; i < 3; i++) {
      const reply = await gateway.rest.ask('/campaigns.json', { as: token });
      expect([reply.status, reply.json]).toEqual([403, { detail: 'Invalid token' }]);
    }
    expect(trials() - before).toBe(1);
  });

  it('counts for the limit of wrong tokens by address', async () => {
    const limited = await openGateway(account, ['admin2'], { authFailureLimit: { requests: 3, seconds: 60 } });
    await mirrored(limited, 'editor2');
    const before = trials();
    const ask = (key: string) => new Client(limited.url, key).ask(VIEWER);
    const codes = [];
    for (const key of ['A', 'B', 'C', 'D', 'E']) codes.push(...(await ask(key)).codes);
    expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(trials() - before).toBe(3);
    expect((await limited.as('editor2').ask(VIEWER)).status).toBe(200);
  });
});

describe('a token of this server', () => {
  it('is never sent to the account, also when it is revoked', async () => {
    const key = await createToken(gateway.database, {
      workspace: 'Mto Farming',
      email: 'here@example.org',
      role: 'viewer',
      name: 'Here',
      expiresOn: null,
    });
    const ask = () => new Client(gateway.url, key).ask<{ viewer: { role: string } }>(VIEWER);
    expect((await ask()).data?.viewer.role).toBe('VIEWER');
    const other = await gateway.rest.ask('/contacts.json', { as: null, headers: { Authorization: `Token ${key}` } });
    expect(other.status).toBe(403);
    await gateway.database.administer(({ db }) =>
      db.updateTable('api_tokens').set({ is_active: 0 }).where('name', '=', 'Here').execute(),
    );
    expect((await ask()).codes).toEqual(['UNAUTHENTICATED']);
    expect(account.asked.filter(({ headers }) => headers.authorization?.includes(key))).toEqual([]);
  });
});

describe('while the account is away', () => {
  it('known tokens go on, and unknown ones get 503', async () => {
    expect((await gateway.rest.ask('/groups.json')).status).toBe(200);
    await account.leave();
    const known = await gateway.rest.ask('/groups.json');
    const unknown = await gateway.rest.ask('/groups.json', { as: null, headers: { Authorization: 'Token NEW' } });
    const { status, codes, errors, headers } = await new Client(gateway.url, 'NEW').ask(VIEWER);
    await account.comeBack();
    expect(known.status).toBe(200);
    expect([unknown.status, unknown.headers.get('retry-after')]).toEqual([503, '5']);
    expect([status, codes, headers.get('retry-after')]).toEqual([503, ['UPSTREAM_UNAVAILABLE'], '5']);
    // The account was not asked for a change.
    expect(errors[0]?.extensions).not.toHaveProperty('outcome');
    expect((await gateway.rest.ask('/groups.json', { as: null, headers: { Authorization: 'Token NEW' } })).status).toBe(
      403,
    );
  });
});

it('a token of an account that has not told the server its workspace yet gets 503, and is tried again', async () => {
  account.fault = ({ headers }) =>
    headers.authorization?.includes(tokenKey('admin2')) ? { kind: 'cut', when: 'before' } : undefined;
  const started = await openGateway(account, ['admin2']);
  expect((await started.rest.ask('/groups.json', { as: 'editor2' })).status).toBe(503);
  account.fault = () => undefined;
  expect((await started.rest.ask('/groups.json', { as: 'editor2' })).status).toBe(200);
});

describe('while accounts take requests and do not answer', () => {
  /** As many accounts as given, which never answer, each at an address of its own. */
  const silentAccounts = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, n) => ({ url: (await listen(() => {})).url, token: `silent ${n}` })),
    );

  it('an unknown token gets 503 at the time-out of requests', async () => {
    const upstreams = await silentAccounts(3);
    const { rest } = await openWorld({ upstreams, requestTimeout: 500 }, NOTHING);
    const start = performance.now();
    const reply = await rest.ask('/groups.json', { as: null, headers: { Authorization: 'Token NEW' } });
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '5']);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('a token of another account has its answer as soon as that account gives it', async () => {
    const upstreams = [...(await silentAccounts(2)), { url: account.url, token: tokenKey('admin2') }];
    const { rest } = await openWorld({ upstreams }, NOTHING);
    const start = performance.now();
    expect((await rest.ask('/groups.json', { as: 'editor2' })).status).toBe(200);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('what is remembered of tokens', () => {
  const CALLER = { issuer: 'account' } as Identity;
  const TIMEOUT = 10_000;
  const token = (key: string): Credentials => tokenCredentials(key);

  function remembering(answer: (key: string) => Identity | null | 'away') {
    const tried: string[] = [];
    let time = 0;
    const tokens = accountTokens(
      async ({ key }) => {
        tried.push(key);
        const said = answer(key);
        if (said === 'away') throw new UpstreamUnavailableError('away');
        return said;
      },
      TIMEOUT,
      () => time,
    );
    return { tried, tokens, pass: (ms: number) => (time += ms) };
  }

  it('is asked again after five minutes, and forgotten when it was refused since', async () => {
    let valid = true;
    const { tried, tokens, pass } = remembering(() => (valid ? CALLER : null));
    await tokens.identify(token('A'));
    valid = false;
    pass(REMEMBERED - 1);
    expect(await tokens.identify(token('A'))).toBe(CALLER);
    pass(1);
    expect(await tokens.identify(token('A'))).toBeNull();
    valid = true;
    expect(await tokens.identify(token('A'))).toBeNull();
    pass(REMEMBERED);
    expect(await tokens.identify(token('A'))).toBe(CALLER);
    expect(tried).toEqual(['A', 'A', 'A']);
  });

  it('stays while the account is away, which is asked a few times only', async () => {
    let away = false;
    const { tried, tokens, pass } = remembering(() => (away ? 'away' : CALLER));
    await tokens.identify(token('A'));
    away = true;
    pass(REMEMBERED);
    for (let i = 0; i < 100; i++) expect(await tokens.identify(token('A'))).toBe(CALLER);
    expect(tried).toHaveLength(2);
    await expect(tokens.identify(token('B'))).rejects.toThrow(UpstreamUnavailableError);
  });

  it('is bounded, and wrong tokens push no good one out', async () => {
    const { tried, tokens } = remembering((key) => (key === 'GOOD' ? CALLER : null));
    await tokens.identify(token('GOOD'));
    for (let i = 0; i <= MAX_REMEMBERED; i++) await tokens.identify(token(`wrong ${i}`));
    const before = tried.length;
    await tokens.identify(token('GOOD'));
    await tokens.identify(token(`wrong ${MAX_REMEMBERED}`));
    expect(tried).toHaveLength(before);
    await tokens.identify(token('wrong 0'));
    expect(tried).toHaveLength(before + 1);
  });

  it('ends five minutes after the trial, also when the clock was ahead at that time', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    let valid = true;
    const tokens = accountTokens(async () => (valid ? CALLER : null), TIMEOUT);
    const time = Date.now();
    vi.setSystemTime(time + 40 * 24 * 3_600_000);
    await tokens.identify(token('A'));
    vi.setSystemTime(time);
    valid = false;
    vi.advanceTimersByTime(REMEMBERED - 1);
    expect(await tokens.identify(token('A'))).toBe(CALLER);
    vi.advanceTimersByTime(1);
    expect(await tokens.identify(token('A'))).toBeNull();
  });

  it('is the answer of an account that comes after its caller has been refused', async () => {
    const { promise: answer, resolve } = Promise.withResolvers<Identity>();
    const tokens = accountTokens(() => answer, 20);
    await expect(tokens.identify(token('A'))).rejects.toThrow(UpstreamUnavailableError);
    expect(tokens.remembered(token('A').fingerprint)).toBeNull();
    resolve(CALLER);
    await vi.waitFor(() => expect(tokens.remembered(token('A').fingerprint)).toBe(CALLER));
  });

  it('is as short for long credentials as for others', () => {
    const [short, long] = [basicCredentials('a@b.c', 'KEY'), basicCredentials('a'.repeat(10_000), 'KEY')];
    expect(long.fingerprint).toHaveLength(short.fingerprint.length);
    expect(basicCredentials('a', 'b,c').fingerprint).not.toBe(basicCredentials('a,b', 'c').fingerprint);
  });

  it('does not keep many trials of unknown tokens going at a time', async () => {
    const tokens = accountTokens(() => new Promise(() => {}), TIMEOUT);
    for (let i = 0; i < 16; i++) tokens.identify(token(`${i}`)).catch(() => {});
    await expect(tokens.identify(token('one more'))).rejects.toThrow('Too many tokens');
  });

  it('ends when the token was revoked, however many wrong tokens are being tried', async () => {
    let valid = true;
    let time = 0;
    const tokens = accountTokens(
      ({ key }) => (key === 'A' ? Promise.resolve(valid ? CALLER : null) : new Promise(() => {})),
      TIMEOUT,
      () => time,
    );
    await tokens.identify(token('A'));
    for (let i = 0; i < 16; i++) tokens.identify(token(`wrong ${i}`)).catch(() => {});
    valid = false;
    time += REMEMBERED;
    expect(await tokens.identify(token('A'))).toBeNull();
  });
});
