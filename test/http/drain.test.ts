import { Agent, request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Drain } from '../../src/http/drain.ts';
import { drainable } from '../../src/http/drain.ts';
import { noteResponses } from '../../src/http/last-response.ts';
import { Turns } from '../../src/http/turns.ts';
import { listen } from './support.ts';

/** How long, in ms, the server still accepts connections after it was told to stop. */
const DELAY = 250;

interface Answer {
  readonly connection: string | undefined;
  readonly body: string;
  /** Whether the request was sent over a connection that an earlier request had used. */
  readonly reused: boolean;
}

/** Starts a server and a client that keeps its connections. The server answers `/slow` when `slow` resolves, and all else at once. */
async function start() {
  const slow = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  let drain: Drain | undefined;
  const { server, url } = await listen(
    (incoming, response) => {
      if (incoming.url === '/slow') {
        arrived.resolve();
        void slow.promise.then(() => response.end('slow'));
      } else response.end('quick');
    },
    (created) => {
      noteResponses(created);
      drain = drainable(created, new Turns(), DELAY);
    },
  );
  if (!drain) throw new Error('the server was not prepared');
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const get = (path: string) =>
    new Promise<Answer>((resolve, reject) => {
      const outgoing = request(url + path, { agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            connection: response.headers.connection,
            body: Buffer.concat(chunks).toString(),
            reused: outgoing.reusedSocket,
          }),
        );
      });
      outgoing.on('error', reject).end();
    });
  return { server, get, drain, slow, arrived: arrived.promise };
}

describe('a server that drains', () => {
  it('answers the requests under way, and tells their clients that the connection closes', async () => {
    const { get, drain, slow, arrived } = await start();
    const answer = get('/slow');
    await arrived;
    expect(drain.draining).toBe(false);
    const drained = drain.drain();
    expect(drain.draining).toBe(true);
    slow.resolve();
    expect(await answer).toMatchObject({ body: 'slow', connection: 'close' });
    await drained;
  });

  it('answers one more request on a kept connection, and closes that', async () => {
    const { get, drain } = await start();
    expect(await get('/')).toMatchObject({ connection: 'keep-alive' });
    const drained = drain.drain();
    expect(await get('/')).toEqual({ body: 'quick', connection: 'close', reused: true });
    await drained;
    await expect(get('/')).rejects.toThrow('ECONNREFUSED');
  });

  it('waits for those who have asked another server of the process, and for nobody else', async () => {
    const durations = [];
    for (const asks of [true, false]) {
      const { drain } = await start();
      const { server, url } = await listen((_request, response) => response.end());
      drain.watch(server);
      if (asks) await fetch(url);
      const started = performance.now();
      await drain.drain();
      durations.push(performance.now() - started);
    }
    expect(durations[0]).toBeGreaterThanOrEqual(DELAY - 1);
    expect(durations[1]).toBeLessThan(DELAY);
  });

  it('does not wait for connections that nobody uses', async () => {
    const { server, get, drain } = await start();
    await get('/');
    const started = performance.now();
    await drain.drain();
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(server.listening).toBe(false);
  });

  it('does not wait at all when there is no connection', async () => {
    const { drain } = await start();
    const started = performance.now();
    await drain.drain();
    expect(performance.now() - started).toBeLessThan(200);
  });
});
