import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { clientFor } from '../support/client.ts';
import { fixture, tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { createHttpServer } from '../../src/http/http-server.ts';
import type { Timeouts } from '../../src/http/timeouts.ts';
import { TIMEOUTS } from '../../src/http/timeouts.ts';
import { RequestTurns } from '../../src/http/request-turns.ts';
import { Turns } from '../../src/http/turns.ts';
import { sendRaw } from './support.ts';

/** A fifth of a real server's timeouts, so that the tests do not take half a minute. */
const FIFTH: Timeouts = { headers: 3_000, body: 6_000, check: 200, silence: 7_000, unread: 3_000, keepAlive: 26_000 };

const world = await openWorld({}, fixture, { timeouts: FIFTH });
const { port } = new URL(world.url);

it('servers have the times of which these tests have a fifth', () => {
  const fifth = Object.fromEntries(Object.entries(TIMEOUTS).map(([name, ms]: [string, number]) => [name, ms / 5]));
  expect(fifth).toEqual(FIFTH);
  const server = createHttpServer(
    () => {},
    new RequestTurns(new Turns()),
    { total: 100, perAddress: 100 },
    () => false,
  );
  expect([server.headersTimeout, server.requestTimeout, server.timeout, server.keepAliveTimeout]).toEqual([
    15_000, 30_000, 35_000, 130_000,
  ]);
});

/** Sends `text`, then `every` each 50 ms until the connection closes. Resolves with the answer and how long the connection was open. */
async function trickle(port: number, text: string, every: string): Promise<{ answer: string; seconds: number }> {
  const socket = connect(port, '127.0.0.1');
  const started = performance.now();
  let answer = '';
  socket.setEncoding('latin1').on('data', (piece: string) => (answer += piece));
  socket.on('error', () => {});
  socket.write(text);
  const more = setInterval(() => socket.write(every), 50);
  await new Promise((resolve) => void socket.once('close', resolve));
  clearInterval(more);
  return { answer, seconds: (performance.now() - started) / 1000 };
}

const expectLate = (answer: string, what: string) => {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 408 /);
  expect(head).toMatch(/^connection: close$/im);
  expect(JSON.parse(body)).toEqual({
    detail: expect.stringContaining(`The ${what} of the request did not arrive within`),
  });
};

describe.concurrent('a client that is slow', () => {
  it('with its headers is told so in time', async ({ expect }) => {
    const { answer, seconds } = await trickle(Number(port), 'GET / HTTP/1.1\r\nHost: a\r\nX: ', 'x');
    expectLate(answer, 'headers');
    expect(seconds).toBeGreaterThan(2.9);
    expect(seconds).toBeLessThan(8);
  });

  it('with the headers of a later request is told so too', async () => {
    const first = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';
    const { answer } = await trickle(Number(port), `${first}GET / HTTP/1.1\r\nHost: a\r\nX: `, 'x');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expectLate(answer.slice(answer.lastIndexOf('HTTP/1.1')), 'headers');
  });

  it.each([
    ['/graphql', 'Bearer'],
    ['/api/v2/groups.json', 'Token'],
  ])('with the body for %s is told so in time', async (path, scheme) => {
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: ${scheme} ${tokenKey('admin')}`;
    const { answer, seconds } = await trickle(
      Number(port),
      `${head}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{`,
      ' ',
    );
    expectLate(answer, 'body');
    expect(seconds).toBeGreaterThan(5.9);
    expect(seconds).toBeLessThan(12);
  });

  it('and sends no body at all is told so too', async () => {
    const head = `POST /graphql HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${tokenKey('admin')}`;
    const { answer } = await trickle(
      Number(port),
      `${head}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`,
      '',
    );
    expectLate(answer, 'body');
  });

  it('with a body that nobody waits for is not told a second time', async ({ expect }) => {
    const { answer } = await trickle(
      Number(port),
      'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{',
      ' ',
    );
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('with its last byte has nothing carried out, because the answer says that the request did not arrive', async ({
    expect,
  }) => {
    const body = JSON.stringify({ name: 'Too late', group: 'Vets' });
    const socket = connect(Number(port), '127.0.0.1');
    const answered = once(socket, 'data');
    socket.write(
      `POST /api/v2/campaigns.json HTTP/1.1\r\nHost: a\r\nAuthorization: Token ${tokenKey('admin2')}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, -1)}`,
    );
    expect(String(await answered)).toMatch(/^HTTP\/1\.1 408 /);
    socket.write(body.slice(-1));
    await once(socket, 'close');
    const line = () => world.log.map((one) => JSON.parse(one)).find(({ path }) => path === '/api/v2/campaigns.json');
    await expect.poll(line).toMatchObject({ status: 408 });
    const query = '{ campaigns(filter: { search: "Too late" }) { totalCount } }';
    expect(await clientFor(world.url, 'admin2').data(query)).toEqual({ campaigns: { totalCount: 0 } });
  });

  const SIZE = 64_000_000;
  const open = async (
    listener: RequestListener = (_request, response) => void response.end(Buffer.alloc(SIZE)),
    timeouts: Partial<Timeouts> = {},
  ) => {
    const server = createHttpServer(
      listener,
      new RequestTurns(new Turns()),
      { total: 100, perAddress: 100 },
      () => false,
      { ...FIFTH, ...timeouts },
    );
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return { server, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
  };

  it.for([
    ['', ''],
    [', also when something that cannot be read comes behind its request, and more of it', 'HELO\r\n\r\n'],
    [', also when a further request never comes to its end', 'GET / HTTP/1.1\r\nX: '],
  ] as const)('because it does not read its answer is given up%s', async ([, behind], { expect }) => {
    const { server, port } = await open();
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.pause();
    socket.write(`GET / HTTP/1.1\r\nHost: a\r\n\r\n${behind}`);
    const more = setInterval(() => behind && socket.write('x'), 500);
    const gone = new Promise<number>((resolve) => {
      const started = performance.now();
      server.once('connection', (accepted) =>
        accepted.once('close', () => resolve((performance.now() - started) / 1000)),
      );
    });
    const seconds = await gone;
    clearInterval(more);
    expect(seconds).toBeGreaterThan(2.9);
    expect(seconds).toBeLessThan(12);
    socket.destroy();
    server.close();
  });

  it('gets an answer that takes longer than a connection may be silent', async ({ expect }) => {
    const { server, port } = await open((_request, response) => void setTimeout(() => response.end('late'), 900), {
      silence: 300,
    });
    // The second request waits for the answer to the first one.
    const request = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
    const answer = await sendRaw(port, request + request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    expect(answer.match(/late/g)).toHaveLength(2);
    server.close();
  });

  it('is given up when an answer has begun and does not go on', async ({ expect }) => {
    const { server, port } = await open((_request, response) => void response.write('begun'), { silence: 300 });
    expect(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toContain('begun');
    server.close();
  });

  it('but reads its answer gets all of it', async ({ expect }) => {
    const { server, port } = await open();
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    let size = 0;
    // Reading takes 6.6 seconds in total. An answer that nobody reads is given up after six seconds (twice `unread`).
    for await (const chunk of socket) {
      const { length } = chunk as Buffer;
      size += length;
      await sleep((6_600 * length) / SIZE);
    }
    expect(size).toBeGreaterThan(SIZE);
    server.close();
  });
});
