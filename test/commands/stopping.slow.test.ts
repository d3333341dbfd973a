import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { requestText } from '../support/closed-loop.ts';
import { FIXTURE, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startLoad } from '../support/load.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const settings = { ...inFile(join(temporaryFolder(), 'campaigns.db')), RATE_LIMIT: 'off', DRAIN_DELAY: '1' };
const QUERY = '{ campaigns(first: 20) { nodes { name group { name } } } }';
const loaded = campaigns(['load', FIXTURE], settings);

/** Stops a server while 20 clients send requests, and expects that no request fails. */
async function expectNoRequestToFail(): Promise<void> {
  const server = await serve(settings);
  const load = await startLoad({
    port: Number(new URL(server.url).port),
    connections: 20,
    requests: [requestText('/graphql', { key: tokenKey('editor'), query: QUERY })],
  });
  await sleep(500);
  const signalled = performance.now();
  const ended = server.stop();
  await vi.waitFor(async () => {
    const { status } = await fetch(`${server.url}/readyz`, { headers: { connection: 'close' } });
    expect(status).toBe(503);
  });
  expect(await ended).toBe(0);
  // It continues for DRAIN_DELAY, and not for much longer.
  expect(performance.now() - signalled).toBeGreaterThan(800);
  expect(performance.now() - signalled).toBeLessThan(6_000);
  await sleep(100);
  const { statuses, failures, refused } = await load.stop();
  expect(failures).toEqual([]);
  expect(Object.keys(statuses)).toEqual(['200']);
  expect(statuses['200']).toBeGreaterThan(100);
  expect(refused).toBe(20);
}

// One load at a time, because a load needs the whole machine. The test of the blocked process only waits, so it runs beside them.
it.concurrent(
  'SIGTERM fails no request of 20 clients that keep their connections, three times',
  { timeout: 90_000 },
  async () => {
    await loaded;
    for (let time = 1; time <= 3; time += 1) await expectNoRequestToFail();
  },
);

it.concurrent('a process whose event loop is blocked ends all the same', { timeout: 60_000 }, async () => {
  await loaded;
  // A module that blocks the event loop for ever soon after the signal, but uses no processor time.
  const block = `process.once('SIGTERM', () => setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 300))`;
  const server = await serve({
    ...settings,
    DRAIN_DELAY: '0.5',
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(block)}`,
  });
  // Without a client the server would have nothing to wait for.
  await fetch(`${server.url}/healthz`);
  const signalled = performance.now();
  await server.stop();
  expect(server.process.signalCode).toBe('SIGKILL');
  expect(performance.now() - signalled).toBeLessThan(20_000);
});

it.concurrent.each(
  (['dump', 'backup'] as const).flatMap((command) =>
    (['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map((signal) => [command, signal] as const),
  ),
)('%s that %s stops leaves no part of its file', async (command, signal) => {
  await loaded;
  const folder = temporaryFolder();
  // A module that sends the signal as soon as a part is there, and puts a file of SQLite beside it.
  const stop = `
    import { readdirSync, writeFileSync } from 'node:fs';
    const look = () => {
      const part = readdirSync('${folder}').find((name) => name.endsWith('.part'));
      if (part === undefined) return setImmediate(look).unref();
      writeFileSync('${folder}/' + part + '-journal', '');
      process.kill(process.pid, '${signal}');
    };
    look();`;
  expect(
    await campaigns([command, join(folder, 'copy')], {
      ...settings,
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(stop)}`,
    }),
  ).toEqual({ code: null, stdout: '', stderr: '' });
  expect(readdirSync(folder)).toEqual([]);
});
