import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { sendStream } from '../../src/http/streams/send-stream.ts';
import { listen } from './support.ts';

const PART = `${'x'.repeat(65_536)}\n`;
const PARTS = 1_000;

it('asks for the next part when the client has taken the last one', async () => {
  let asked = 0;
  async function* parts() {
    while (asked < PARTS) {
      asked += 1;
      yield PART;
    }
  }
  const { port } = await listen((_request, response) => {
    void sendStream(response, 'text/plain', parts(), new AbortController().signal);
  });
  const socket = connect(port, '127.0.0.1');
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n');

  // The server asks for parts until the buffers of the two sockets are full. Then it asks for no more.
  let before = -1;
  await expect
    .poll(
      () => {
        const settled = asked > 0 && asked === before;
        before = asked;
        return settled;
      },
      { interval: 200 },
    )
    .toBe(true);
  expect(asked).toBeLessThan(PARTS / 2);

  let received = 0;
  for await (const piece of socket) received += (piece as Buffer).length;
  expect(asked).toBe(PARTS);
  expect(received).toBeGreaterThan(PARTS * PART.length);
});

it('stops without asking for more when the stream is over', async () => {
  const over = new AbortController();
  let asked = 0;
  let finished = false;
  async function* parts() {
    try {
      for (;;) {
        asked += 1;
        yield PART;
      }
    } finally {
      finished = true;
    }
  }
  const { port } = await listen((_request, response) => {
    void sendStream(response, 'text/plain', parts(), over.signal);
  });
  const socket = connect(port, '127.0.0.1');
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
  await expect.poll(() => asked).toBeGreaterThan(0);
  over.abort();
  await expect.poll(() => finished).toBe(true);
  socket.destroy();
});
