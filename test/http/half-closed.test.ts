import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { answerHalfClosed } from '../../src/http/closing.ts';
import { requestText } from '../support/closed-loop.ts';
import { tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { listen } from './support.ts';

/** Sends requests over one connection, and closes the client's side of it. Resolves with all that comes back. */
async function sendAndClose(port: number, requests: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  socket.end(requests);
  return text(socket);
}

it('a client that has closed its side of the connection learns what its writes have done', async () => {
  const world = await openWorld();
  const key = tokenKey('editor2');
  const create = (name: string) =>
    requestText('/graphql', { key, query: `mutation { createGroup(input: { name: "${name}" }) { group { name } } }` });
  const received = await sendAndClose(
    Number(new URL(world.url).port),
    create('Half') + create('Closed') + requestText('/api/v2/groups.json', { key }),
  );
  expect(received.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
  expect(received).toContain('{"data":{"createGroup":{"group":{"name":"Half"}}}');
  expect(received).toContain('{"data":{"createGroup":{"group":{"name":"Closed"}}}');
});

it('an answer that takes longer is given up, because most such clients have gone away', async () => {
  const closed = Promise.withResolvers<number>();
  const { port } = await listen((_request, response) => {
    const started = performance.now();
    response.on('close', () => closed.resolve(performance.now() - started));
  }, answerHalfClosed);
  expect(await sendAndClose(port, requestText('/'))).toBe('');
  expect(await closed.promise).toBeGreaterThan(900);
});

it('a stream ends at once', async () => {
  const world = await openWorld();
  const socket = connect({ port: Number(new URL(world.url).port), host: '127.0.0.1', allowHalfOpen: true });
  const stream = 'subscription { changes(first: 1) { cursor } }';
  const request = requestText('/graphql', { key: tokenKey('editor2'), query: stream });
  socket.write(request.replace('\r\n', '\r\nAccept: text/event-stream\r\n'));
  await once(socket, 'data');
  const started = performance.now();
  socket.end();
  await text(socket);
  expect(performance.now() - started).toBeLessThan(500);
});

it('a connection that waits for no answer is closed at once', async () => {
  const { port } = await listen((_request, response) => response.end('done'), answerHalfClosed);
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).resume();
  socket.write(requestText('/'));
  await once(socket, 'data');
  await wait(50);
  const started = performance.now();
  socket.end();
  await once(socket, 'close');
  expect(performance.now() - started).toBeLessThan(500);
});
