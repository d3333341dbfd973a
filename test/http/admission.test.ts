import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { Admission } from '../../src/http/admission.ts';
import { RequestTurns } from '../../src/http/request-turns.ts';
import { Turns } from '../../src/http/turns.ts';
import { ClosedLoop, median, requestText, timesOf } from '../support/closed-loop.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { listen, sendRaw } from './support.ts';

/** How many requests of a workspace may be under way (128), and how many may wait (256). */
const MAX_OF_WORKSPACE = 128 + 256;

const QUERY = '{ viewer { role } }';

it('a workspace that has as many requests as it takes is refused at once, and the others are not', async () => {
  const world = await openWorld();
  const port = Number(new URL(world.url).port);
  const whole = requestText('/graphql', { key: tokenKey('editor2'), query: QUERY });
  const end = whole.indexOf('\r\n\r\n') + 4;
  // Only the headers are sent. The first requests are under way, because they wait for their bodies. The others wait for a place.
  const sockets: Socket[] = [];
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  let answered = 0;
  for (let one = 0; one < MAX_OF_WORKSPACE; one++) {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('data', (piece: Buffer) => {
      if (piece.toString().startsWith('HTTP/1.1 200 ')) answered++;
    });
    await once(socket, 'connect');
    socket.write(whole.slice(0, end));
  }
  await expect.poll(async () => (await world.as('admin2').ask(QUERY)).status).toBe(503);

  const started = performance.now();
  const refused = await world.as('editor2').ask(QUERY);
  expect(performance.now() - started).toBeLessThan(500);
  expect([refused.status, refused.codes]).toEqual([503, ['OVERLOADED']]);
  expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  const rest = await world.rest.ask('/groups.json', { as: 'editor2' });
  expect([rest.status, rest.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^[1-9]\d*$/)]);
  expect(rest.json).toEqual({ detail: expect.stringContaining('Nothing was done') });
  expect((await world.as('admin').ask(QUERY)).status).toBe(200);
  expect((await fetch(`${world.url}/healthz`)).status).toBe(200);

  // When a client goes away, another request gets its place.
  sockets.pop()?.destroy();
  sockets.shift()?.destroy();
  for (const socket of sockets) socket.write(whole.slice(end));
  await expect.poll(() => answered).toBe(MAX_OF_WORKSPACE - 2);
  expect((await world.as('editor2').ask(QUERY)).status).toBe(200);
});

describe('a place', () => {
  const BOUNDS = { process: { underWay: 2, waiting: 4 }, workspace: { underWay: 2, waiting: 4 } };

  /** A server that has two places. Returns how a request of a workspace asks for one. */
  async function twoPlaces(timeout: number) {
    const admission = new Admission(new RequestTurns(new Turns()), timeout, BOUNDS);
    const arrived: ((response: ServerResponse) => void)[] = [];
    const { port } = await listen((_request, response) => arrived.shift()?.(response));
    return async (workspace: string) => {
      const { promise, resolve } = Promise.withResolvers<ServerResponse>();
      arrived.push(resolve);
      const socket = connect(port, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      return admission.admit(workspace, await promise);
    };
  }

  it('is there for a workspace that has none, although others hold all', async () => {
    const admit = await twoPlaces(10_000);
    const [first, second] = [await admit('a'), await admit('a')];
    expect([first, second]).not.toContain(null);
    const own = await admit('b');
    expect(own).not.toBeNull();
    // One more waits like those of the other workspace, and comes before them when the workspace has none again.
    const waiting = [admit('a'), admit('b')];
    own?.leave();
    expect(await waiting[1]).not.toBeNull();
  });

  it('is waited for no longer than a request may take', async () => {
    const admit = await twoPlaces(50);
    await admit('a');
    await admit('a');
    expect(await admit('a')).toBeNull();
  });
});

it.each([
  ['a large page', '{ campaigns(first: 250) { nodes { uuid name createdOn group { uuid name } } } }'],
  ['a write', 'mutation { createGroup(input: { name: "A name" }) { userErrors { code } } }'],
  ['a small read', QUERY],
])('64 connections of another workspace, each with %s, do not come before a request', async (_what, query) => {
  const world = await openWorld();
  const port = Number(new URL(world.url).port);
  const load = new ClosedLoop({
    port,
    connections: 64,
    requests: [requestText('/graphql', { key: tokenKey('editor'), query })],
  });
  await expect.poll(() => load.answered, { timeout: 10_000 }).toBeGreaterThan(200);
  // The clients run in the server's thread, so that other programs on the machine cannot change the order of answers.
  const own = requestText('/graphql', { key: tokenKey('editor2'), query: QUERY });
  const before: number[] = [];
  for (let again = 0; again < 50; again++) {
    const answered = load.answered;
    await timesOf(port, own, 1);
    before.push(load.answered - answered);
  }
  expect(load.stop().failures).toEqual([]);
  // If the server answered in order of arrival, it would answer all 64 requests first.
  expect(median(before)).toBeLessThan(16);
});

it('health and metrics answer on a port of their own while the server has all it takes', async () => {
  const world = await openWorld({ adminPort: 0 });
  const port = Number(new URL(world.url).port);
  const load = new ClosedLoop({
    port,
    connections: 400,
    requests: [requestText('/graphql', { key: tokenKey('editor2'), query: QUERY })],
  });
  await expect.poll(() => load.connected, { timeout: 10_000 }).toBe(400);
  for (const path of ['healthz', 'readyz', 'metrics']) {
    for (let again = 0; again < 10; again++) {
      const started = performance.now();
      const answer = await fetch(`http://127.0.0.1:${world.adminPort}/${path}`, { headers: { connection: 'close' } });
      expect(answer.status).toBe(200);
      await answer.text();
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  }
  const seen = load.stop();
  expect(seen.failures).toEqual([]);
  // After the load the server answers normally again.
  await expect.poll(async () => (await world.as('editor2').ask(QUERY)).status).toBe(200);
});

it('a client that sends requests without end and reads no answer is cut off', async () => {
  const world = await openWorld();
  const socket = connect(Number(new URL(world.url).port), '127.0.0.1');
  const closed = new Promise((resolve) => void socket.once('close', resolve));
  socket.on('error', () => {});
  socket.write(requestText('/healthz').repeat(10_000));
  socket.resume();
  await closed;
  expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
});

it('connections beyond the bound of an address are closed, and its others go on', async () => {
  const world = await openWorld({ connections: { total: 100, perAddress: 3 } });
  const port = Number(new URL(world.url).port);
  const load = new ClosedLoop({ port, connections: 3, requests: [requestText('/healthz')] });
  await expect.poll(() => load.seen.statuses['200'] ?? 0).toBeGreaterThan(20);
  const reset = sendRaw(port, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n').catch(() => '');
  expect(await reset).toBe('');
  expect(load.stop().failures).toEqual([]);
  await expect.poll(async () => (await fetch(`${world.url}/healthz`).catch(() => null))?.status).toBe(200);
});

it('/metrics is on the main port only with the token of METRICS_TOKEN', async () => {
  const metrics = (url: string, token?: string) =>
    fetch(`${url}/metrics`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  const closed = await openWorld();
  expect((await metrics(closed.url)).status).toBe(404);
  const open = await openWorld({ metricsToken: 'a-token-for-metrics' });
  expect((await metrics(open.url)).status).toBe(401);
  expect((await metrics(open.url, tokenKey('admin'))).status).toBe(401);
  const answer = await metrics(open.url, 'a-token-for-metrics');
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('campaigns_http_request')]);
});

it('links of REST begin with PUBLIC_URL, whatever host the client names', async () => {
  const { publicUrl } = readConfig({ PUBLIC_URL: 'https://campaigns.example/app/' });
  const { rest } = await openWorld({ publicUrl, trustProxy: true });
  const headers = { Host: 'attacker.example', 'X-Forwarded-Host': 'attacker.example' };
  const list = await rest.ask('/campaigns.json', { as: 'editor', headers });
  expect(list.json).toMatchObject({
    next: expect.stringMatching(/^https:\/\/campaigns\.example\/app\/api\/v2\/campaigns\.json\?/),
  });
  for (const path of ['/.json', '/openapi.json', '/campaigns', '/']) {
    expect((await rest.ask(path, { as: null, headers })).body.toString()).not.toContain('attacker');
  }
});
