import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { answerHalfClosed } from '../../src/http/half-closed.ts';
import { boundPipelines, enterPipeline } from '../../src/http/pipelines.ts';
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
  const received = await sendAndClose(Number(new URL(world.url).port), create('Half') + create('Closed'));
  expect(received.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  expect(received).toContain('{"data":{"createGroup":{"group":{"name":"Half"}}}');
  expect(received).toContain('{"data":{"createGroup":{"group":{"name":"Closed"}}}');
});

it('an answer that takes longer is given up, because most such clients have gone away', async () => {
  const closed = Promise.withResolvers<number>();
  const { port } = await listen(
    (request, response) => {
      const started = performance.now();
      enterPipeline(request, response, () => {});
      response.on('close', () => closed.resolve(performance.now() - started));
    },
    (server) => {
      boundPipelines(server);
      answerHalfClosed(server);
    },
  );
  expect(await sendAndClose(port, requestText('/', { query: '' }).replace('GET', 'POST'))).toBe('');
  expect(await closed.promise).toBeGreaterThan(900);
});

it.each([
  ['a stream', 'subscription { changes(first: 1) { cursor } }'],
  [
    'a query',
    `{ ${Array.from({ length: 30 }, (_, n) => `a${n}: campaigns(first: 250) { nodes { name } }`).join(' ')} }`,
  ],
])('%s ends at once', async (what, query) => {
  const world = await openWorld();
  const socket = connect({ port: Number(new URL(world.url).port), host: '127.0.0.1', allowHalfOpen: true });
  const request = requestText('/graphql', { key: tokenKey('editor'), query });
  socket.write(request.replace('\r\n', '\r\nAccept: text/event-stream, application/json\r\n'));
  if (what === 'a stream') await once(socket, 'data');
  const started = performance.now();
  socket.end();
  await text(socket);
  expect(performance.now() - started).toBeLessThan(500);
});
