import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { readBody } from '../../src/http/body.ts';
import { RequestTurns } from '../../src/http/request-turns.ts';
import { Turns } from '../../src/http/turns.ts';
import { listen } from './support.ts';

/** Returns a function that makes requests of one new connection. */
function connection(): (authorization?: string) => IncomingMessage {
  const socket = { remoteAddress: '127.0.0.1' };
  return (authorization) =>
    ({ socket, headers: authorization === undefined ? {} : { authorization } }) as unknown as IncomingMessage;
}

/** How many of these requests of one workspace wait for a second turn after the server has found out the workspace. */
async function secondTurns(requests: readonly IncomingMessage[]): Promise<number> {
  const turns = new Turns();
  const byRequest = new RequestTurns(turns);
  let second = 0;
  for (const request of requests) {
    await new Promise<void>((resolve) => byRequest.start(request, resolve));
    turns.hold();
    const admitted = byRequest.ofWorkspace(7, request);
    second += turns.waiting;
    turns.release();
    await admitted;
    await nextTurn();
  }
  return second;
}

it('a request with the same credentials as one before waits for one turn, not two, also on another connection', async () => {
  const request = connection();
  expect(await secondTurns([request('Token a'), request('Token a'), connection()('Token a')])).toBe(1);
});

it('other credentials are not taken for a workspace before they are known', async () => {
  const request = connection();
  expect(await secondTurns([request('Token a'), request('Token b'), request('Token a')])).toBe(2);
});

it('credentials that are longer than any token are not kept', async () => {
  const request = connection();
  const long = `Token ${' '.repeat(600)}a`;
  expect(await secondTurns([request(long), request(long)])).toBe(2);
});

it('many made-up tokens of one network get no more turns than one', async () => {
  const turns = new Turns();
  const byRequest = new RequestTurns(turns);
  await byRequest.ofWorkspace(7, connection()('Token known'));
  turns.hold();
  const started: string[] = [];
  for (let n = 0; n < 100; n++) byRequest.start(connection()(`Token made up ${n}`), () => started.push('made up'));
  byRequest.start(connection()('Token known'), () => started.push('known'));
  turns.release();
  await expect.poll(() => started.length).toBe(101);
  expect(started.indexOf('known')).toBeLessThan(2);
});

it('each later part of a request waits for a turn of its own', async () => {
  const turns = new Turns();
  const byRequest = new RequestTurns(turns);
  await byRequest.ofWorkspace(7, connection()('Token a'));
  const request = connection()('Token a');
  await new Promise<void>((resolve) => byRequest.start(request, resolve));
  turns.hold();
  await byRequest.ofWorkspace(7, request);
  const parts = [byRequest.ofWorkspace(7, request), byRequest.ofWorkspace(7, request)];
  expect(turns.waiting).toBe(2);
  turns.release();
  await Promise.all(parts);
});

it.each([
  ['a large body waits for a turn of its workspace', 20_000, 1],
  ['a small body does not', 1_000, 0],
])('%s before it is parsed', async (_what, length, waiting) => {
  const turns = new Turns();
  const byRequest = new RequestTurns(turns);
  const received = Promise.withResolvers<void>();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    await new Promise<void>((resolve) => byRequest.start(request, resolve));
    await byRequest.ofWorkspace(7, request);
    turns.hold();
    request.once('end', () => setImmediate(received.resolve));
    response.end(String((await readBody(request)).length));
  };
  const { url } = await listen((...args) => void answer(...args));
  const answered = fetch(url, { method: 'POST', body: 'x'.repeat(length) });
  await received.promise;
  expect(turns.waiting).toBe(waiting);
  turns.release();
  expect(await (await answered).text()).toBe(String(length));
});
