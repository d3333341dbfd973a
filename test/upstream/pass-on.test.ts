import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { HttpError, sendHttpError } from '../../src/rest/http-error.ts';
import { PASSED_BODY_LIMIT } from '../../src/rest/pass-on/bounded-body.ts';
import { pageLinksHere } from '../../src/rest/pass-on/links.ts';
import { createProxy } from '../../src/rest/pass-on/proxy.ts';
import { fixture, found, tokenKey } from '../support/fixture.ts';
import type { World } from '../support/world.ts';
import { openGateway } from './support/gateway.ts';
import type { Fault, LiveAccount } from './support/live-account.ts';
import { openLiveAccount } from './support/live-account.ts';

let account: LiveAccount;
let gateway: World;

beforeAll(async () => {
  account = await openLiveAccount();
  gateway = await openGateway(account);
  // A user with a token that only this server knows.
  await gateway.rest.ask('/campaigns.json');
});

beforeEach(() => {
  account.fault = () => undefined;
});

/** The requests that the account received at an address that is passed on. */
const asked = (path: string) => account.asked.filter((one) => one.path.startsWith(`/api/v2${path}`));

describe('what this server does not have', () => {
  it('is answered by the account, with its status and headers', async () => {
    const { status, headers, json } = await gateway.rest.ask('/contacts.json?group=a');
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"contacts"');
    expect(headers.get('vary')).toBe('Cookie');
    expect(json).toMatchObject({
      previous: null,
      results: [{ asked: { authorization: `Token ${tokenKey('editor2')}` } }],
    });
    expect(asked('/contacts.json').at(-1)?.path).toBe('/api/v2/contacts.json?group=a');
  });

  it('has links that point here', async () => {
    const { json } = await gateway.rest.ask('/contacts.json');
    const { next } = json as { next: string };
    expect(next).toBe(`${gateway.url}/api/v2/contacts.json?cursor=bmV4dA%3D%3D&group=a`);
    expect((await gateway.rest.ask(next.slice(`${gateway.url}/api/v2`.length))).status).toBe(200);
  });

  it('is refused in the words of the account', async () => {
    const { status, json } = await gateway.rest.ask('/nothing.json');
    expect([status, json]).toEqual([404, { detail: 'Not found.' }]);
    expect(asked('/nothing.json')).toHaveLength(1);
  });

  it('is not changed where it is no page, and keeps its length', async () => {
    const { headers, body } = await gateway.rest.ask('/boundaries.json');
    expect(body.length).toBeGreaterThan(3_000_000);
    expect(JSON.parse(String(body))).toMatchObject({ next: 'no link' });
    expect((await gateway.rest.ask('/boundaries.json', { method: 'HEAD' })).headers.get('content-length')).toBe(
      String(body.length),
    );
    expect(headers.get('content-type')).toBe('application/json');
  });

  it.each([
    ['with a length', {}],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('gets the body of a request %s', async (_how, headers) => {
    const body = Buffer.alloc(1_500_000, 7);
    const reply = await gateway.rest.ask('/media.json', {
      body,
      headers: { 'Content-Type': 'multipart/form-data; boundary=x', ...headers },
    });
    expect([reply.status, reply.json]).toMatchObject([
      201,
      { bytes: 1_500_000, type: 'multipart/form-data; boundary=x' },
    ]);
  });

  it('frames the body of a GET anew, so that no account takes it for another request', async () => {
    const body = 'GET /api/v2/smuggled.json HTTP/1.1\r\nHost: x\r\n\r\n';
    await gateway.rest.ask('/media.json', { method: 'GET', body, headers: { 'Transfer-Encoding': 'chunked' } });
    expect(asked('/smuggled')).toEqual([]);
  });
});

describe('the headers of a passed request', () => {
  it('are those of the client, without those of its connection and of its way here', async () => {
    const { json } = await gateway.rest.ask('/contacts.json', {
      headers: {
        'X-Own': 'kept',
        Cookie: 'sessionid=stolen',
        Connection: 'keep-alive, X-Hop',
        'X-Hop': '1',
        TE: 'trailers',
        'X-Forwarded-Host': 'elsewhere.example',
        'Accept-Encoding': 'gzip',
      },
    });
    const [{ asked: sent }] = (json as { results: [{ asked: Record<string, string> }] }).results;
    expect(sent).toMatchObject({ 'x-own': 'kept', host: new URL(account.url).host, 'accept-encoding': 'identity' });
    for (const name of ['cookie', 'x-hop', 'te', 'x-forwarded-host']) expect(sent[name]).toBeUndefined();
  });

  it('of the answer leave this server’s own policies as they are, and set no cookie', async () => {
    const own = (await gateway.rest.ask('/campaigns.json')).headers;
    const { headers } = await gateway.rest.ask('/contacts.json');
    for (const name of ['content-security-policy', 'x-content-type-options'])
      expect(headers.get(name)).toBe(own.get(name));
    expect(headers.get('cache-control')).toBe('no-store');
    for (const name of ['set-cookie', 'access-control-allow-origin']) expect(headers.get(name)).toBeUndefined();
    expect(headers.get('x-temba-workspace')).toBe(own.get('x-temba-workspace'));
  });
});

describe('whose token', () => {
  it.each([
    ['none', null, {}],
    ['a wrong one', null, { Authorization: 'Token WRONG' }],
  ])('%s is refused here', async (_what, as, headers) => {
    const before = asked('/contacts.json').length;
    expect((await gateway.rest.ask('/contacts.json', { as, headers })).status).toBe(403);
    expect(asked('/contacts.json')).toHaveLength(before);
  });

  it('is the caller’s own, also with an e-mail address', async () => {
    const key = tokenKey('editor2');
    const { user_id: id } = found(fixture.tokens, (token) => token.key === key);
    const { email } = found(fixture.users, (user) => user.id === id);
    const basic = (address: string) => `Basic ${Buffer.from(`${address}:${key}`).toString('base64')}`;
    const ask = (address: string) =>
      gateway.rest.ask('/contacts.json', { as: null, headers: { Authorization: basic(address) } });
    expect((await ask(email)).json).toMatchObject({ results: [{ asked: { authorization: basic(email) } }] });
    expect((await ask('somebody@else.example')).status).toBe(403);
  });

  it('of another workspace of the account is refused, because that workspace is not kept here', async () => {
    expect((await gateway.rest.ask('/contacts.json', { as: 'admin' })).status).toBe(403);
  });
});

describe('an address that leads out of API v2', () => {
  it.each([
    '/../../org/home/',
    '/%2e%2e/%2e%2e/org/',
    '/a/..%2f..%2f..%2forg/',
    '/%252e%252e/%252e%252e/org/',
    '/..\\..\\org/',
  ])('%s is not found', async (path) => {
    const before = account.asked.length;
    expect((await gateway.rest.ask(path)).status).toBe(404);
    expect(account.asked.slice(before).filter((one) => one.path.includes('org'))).toEqual([]);
  });
});

describe('an account that does not answer', () => {
  it('is a 502 when it cuts the connection, which says what is known', async () => {
    account.fault = ({ path }) => (path.includes('contacts') ? { kind: 'cut', when: 'before' } : undefined);
    const read = await gateway.rest.ask('/contacts.json');
    expect([read.status, read.json]).toEqual([
      502,
      { detail: 'The account cannot be reached, or has broken off its answer.' },
    ]);
    const written = await gateway.rest.ask('/contacts.json', { body: { name: 'Ann' } });
    expect([written.status, written.json]).toEqual([
      502,
      {
        detail:
          'The account cannot be reached, or has broken off its answer. It is not known whether it has done what was asked.',
      },
    ]);
  });

  it('is asked again over another connection when it had closed the one of a request before, and not for a change', async () => {
    await gateway.rest.ask('/contacts.json');
    const cutOnce = (): void => {
      const faults: Fault[] = [{ kind: 'cut', when: 'before' }];
      account.fault = ({ path }) => (path.includes('contacts') ? faults.shift() : undefined);
    };
    cutOnce();
    const before = asked('/contacts.json').length;
    expect((await gateway.rest.ask('/contacts.json')).status).toBe(200);
    expect(asked('/contacts.json').length - before).toBe(2);
    cutOnce();
    expect((await gateway.rest.ask('/contacts.json', { body: { name: 'Ann' } })).status).toBe(502);
    expect(asked('/contacts.json').length - before).toBe(3);
  });

  it('cuts the answer when the account cuts its own', async () => {
    account.fault = ({ path }) => (path.includes('boundaries') ? { kind: 'cut within' } : undefined);
    await expect(gateway.rest.ask('/boundaries.json')).rejects.toThrow('aborted');
  });

  it('is a 502 when it is away, and nothing was done', async () => {
    await gateway.rest.ask('/contacts.json');
    await account.leave();
    const written = await gateway.rest.ask('/contacts.json', { body: { name: 'Ann' } });
    await account.comeBack();
    expect([written.status, written.json]).toEqual([
      502,
      { detail: 'The account cannot be reached, or has broken off its answer. Nothing was done.' },
    ]);
  });
});

it('holds nothing else up when the account does not answer, and is refused beyond 64 requests of a workspace', async () => {
  account.fault = ({ path }) => (path.includes('contacts') ? { kind: 'silence', when: 'before' } : undefined);
  const left = new AbortController();
  const headers = { authorization: `Token ${tokenKey('editor2')}` };
  const statuses: number[] = [];
  const asked = Array.from({ length: 130 }, async () => {
    const answer = await fetch(`${gateway.url}/api/v2/contacts.json`, { headers, signal: left.signal });
    statuses.push(answer.status);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
  await expect.poll(() => statuses).toEqual(Array.from({ length: 130 - 64 }, () => 503));
  expect((await gateway.rest.ask('/groups.json')).status).toBe(200);
  left.abort();
  await Promise.allSettled(asked);
  account.fault = () => undefined;
  await expect.poll(async () => (await gateway.rest.ask('/contacts.json')).status).toBe(200);
});

/** Starts a server that only passes requests on to an account. Returns a function that sends it one. */
async function passingOn(accountUrl: string, silence: number) {
  const proxy = createProxy(silence);
  const app = express();
  app.use((request, response, next) => {
    proxy
      .pass(request, response, { account: accountUrl, here: 'http://here.example/api/v2' })
      .catch((error: unknown) => (error instanceof HttpError ? sendHttpError(response, error) : next(error)));
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    proxy.close();
    server.close();
  });
  return async (method: string) => {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a.json`, { method });
    return [answer.status, await answer.json()];
  };
}

it('an account that answers with a status that does not exist is a 502', async () => {
  const odd = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end('HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\n{}'));
  }).listen(0, '127.0.0.1');
  await once(odd, 'listening');
  onTestFinished(() => void odd.close());
  const ask = await passingOn(`http://127.0.0.1:${(odd.address() as AddressInfo).port}`, 5_000);
  expect(await ask('GET')).toEqual([502, { detail: 'The account cannot be reached, or has broken off its answer.' }]);
});

it('an account that sends nothing for too long is a 504', async () => {
  account.fault = () => ({ kind: 'silence', when: 'before' });
  const ask = await passingOn(`${account.url}/api/v2`, 200);
  expect(await ask('GET')).toEqual([504, { detail: 'The account has not answered in time.' }]);
  expect(await ask('DELETE')).toEqual([
    504,
    { detail: 'The account has not answered in time. It is not known whether it has done what was asked.' },
  ]);
});

it('is answered to its end while the server stops', async () => {
  const stopping = await openGateway(account);
  expect((await stopping.rest.ask('/contacts.json')).status).toBe(200);
  account.fault = ({ path }) => (path.includes('contacts') ? { kind: 'late', until: () => sleep(400) } : undefined);
  const answer = stopping.rest.ask('/contacts.json');
  await sleep(100);
  await stopping.close();
  expect((await answer).status).toBe(200);
});

describe('a body that is too large', () => {
  it('is refused by its length', async () => {
    const reply = await gateway.rest.ask('/media.json', {
      method: 'POST',
      headers: { 'Content-Length': String(PASSED_BODY_LIMIT + 1) },
    });
    expect(reply.status).toBe(413);
  });

  it('is refused when it turns out to be', async () => {
    const body = Buffer.alloc(PASSED_BODY_LIMIT + 1);
    const reply = await gateway.rest.ask('/media.json', { body, headers: { 'Transfer-Encoding': 'chunked' } });
    expect(reply.status).toBe(413);
  });
});

it('gives the parts of an answer as they come', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  account.fault = ({ path }) =>
    path.includes('archives')
      ? {
          kind: 'parts',
          parts: (async function* () {
            yield 'first';
            await gate;
            yield 'second';
          })(),
        }
      : undefined;
  const { hostname, port } = new URL(gateway.url);
  const outgoing = sendRequest({
    hostname,
    port,
    path: '/api/v2/archives.json',
    headers: { authorization: `Token ${tokenKey('editor2')}` },
  }).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const [first] = (await once(incoming, 'data')) as [Buffer];
  expect(String(first)).toBe('first');
  release();
  const [second] = (await once(incoming, 'data')) as [Buffer];
  expect(String(second)).toBe('second');
});

it('ends the request to the account when the client goes', async () => {
  account.fault = ({ path }) => (path.includes('slow') ? { kind: 'silence', when: 'before' } : undefined);
  const { hostname, port } = new URL(gateway.url);
  const outgoing = sendRequest({
    hostname,
    port,
    path: '/api/v2/slow.json',
    headers: { authorization: `Token ${tokenKey('editor2')}` },
  }).end();
  outgoing.on('error', () => {});
  while (asked('/slow.json').length === 0) await sleep(10);
  const closed = new Promise<void>((resolve) => account.closed(resolve));
  outgoing.destroy();
  await closed;
});

describe('the links of a page', () => {
  const addresses = { account: 'https://live.example/api/v2', here: 'http://here.example/api/v2' };
  const through = async (pieces: readonly string[]) => {
    const transform = pageLinksHere(addresses);
    for (const piece of pieces) transform.write(Buffer.from(piece, 'latin1'));
    transform.end();
    return Buffer.concat(await Array.fromAsync(transform)).toString('latin1');
  };
  const page = (next: string) =>
    `{"next":${next},"previous":null,"results":[{"next":"https://live.example/api/v2/é"}]}`;

  it.each([
    ['"https://live.example/api/v2/c.json?cursor=a"', '"http://here.example/api/v2/c.json?cursor=a"'],
    ['"http://live.example/api/v2/c.json?cursor=a"', '"http://here.example/api/v2/c.json?cursor=a"'],
    ['"https://live.example/api/v2x"', '"https://live.example/api/v2x"'],
    ['"https://live.example.evil/api/v2/c"', '"https://live.example.evil/api/v2/c"'],
    ['"https://other.example/api/v2/c"', '"https://other.example/api/v2/c"'],
    ['null', 'null'],
  ])('%s becomes %s, however the body is cut', async (link, expected) => {
    const whole = page(link);
    for (const size of [1, 2, 7, 40, 1_000]) {
      const pieces = whole.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(await through(pieces)).toBe(page(expected));
    }
  });

  it.each([
    '',
    '{}',
    '[1,2]',
    '{"name":"x"}',
    '{"next":',
    '{"next":"https://live.example/api/v2/a"',
    `{"next":"${'x'.repeat(20_000)}`,
  ])('a body that is no page stays as it is: %.20s', async (body) => {
    expect(await through([body])).toBe(body);
    expect(await through([...body])).toBe(body);
  });
});
