import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { BODY_LIMIT, BodyAborted, BodyTooLarge, readBody } from '../../src/http/body.ts';
import { listen, sendRaw } from './support.ts';

type AsyncListener = (...args: Parameters<RequestListener>) => Promise<void>;

/** Starts a server that answers with the length of each body. `read` resolves with the first body, or with the error of reading it. */
async function reader(before: () => Promise<unknown> = async () => null) {
  const { promise, resolve } = Promise.withResolvers<Buffer | Error>();
  const answer: AsyncListener = async (request, response) => {
    await before();
    try {
      const body = await readBody(request);
      response.end(String(body.length));
      resolve(body);
    } catch (error) {
      response.writeHead(413, { connection: 'close' }).end();
      resolve(error as Error);
    }
  };
  const listening = await listen((...args) => void answer(...args));
  return { ...listening, read: promise };
}

describe('a body', () => {
  it.each([
    ['none', ''],
    ['bytes', 'é'],
    ['as many bytes as are taken', 'x'.repeat(BODY_LIMIT)],
  ])('is read whole: %s', async (_what, body) => {
    const { url, read } = await reader();
    const response = await fetch(url, { method: 'POST', body });
    expect(await response.text()).toBe(String(Buffer.byteLength(body)));
    expect((await read).toString()).toBe(body);
  });

  it('is refused by its announced length, before any of it has come', async () => {
    const { port, read } = await reader();
    const answer = await sendRaw(port, `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${BODY_LIMIT + 1}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(await read).toBeInstanceOf(BodyTooLarge);
  });

  it('is refused when more of it comes than is taken, announced or not', async () => {
    const { port, read } = await reader();
    const size = (BODY_LIMIT + 1).toString(16);
    const head = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await sendRaw(port, `${head}${size}\r\n${'x'.repeat(BODY_LIMIT + 1)}`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await read).toBeInstanceOf(BodyTooLarge);
  });

  it.each(['while it is read', 'before it is read'])('is aborted when the client goes away %s', async (when) => {
    const gone = Promise.withResolvers<unknown>();
    const { server, port, read } = await reader(() =>
      when === 'before it is read' ? gone.promise : Promise.resolve(),
    );
    server.once('request', (request) => request.once('close', gone.resolve));
    const socket = connect(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf');
    server.once('request', () => socket.destroy());
    expect(await read).toBeInstanceOf(BodyAborted);
  });
});
