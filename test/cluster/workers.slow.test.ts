import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { Agent, get } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { newKey } from '../../src/model/token-key.ts';
import { afterwards } from '../support/afterwards.ts';
import { requestText } from '../support/closed-loop.ts';
import { FIXTURE, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startLoad } from '../support/load.ts';
import { METRICS_TOKEN, readMetrics } from '../support/metrics.ts';
import { campaigns, COMPILE_CACHE, inFile } from '../support/program.ts';
import type { ServingWorkers } from '../support/workers.ts';
import { serveWorkers } from '../support/workers.ts';

const folder = temporaryFolder();
const settings = { ...inFile(join(folder, 'campaigns.db')), RATE_LIMIT: 'off' };
const loaded = campaigns(['load', FIXTURE], settings);
const QUERY = '{ campaigns(first: 20) { nodes { name group { name } } } }';
const read = requestText('/graphql', { key: tokenKey('editor'), query: QUERY });

/** The status of a request on a connection of its own. */
async function statusOf(url: string, key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, connection: 'close' };
  return (await fetch(`${url}/graphql?query={viewer{role}}`, { headers })).status;
}

/** Sends a request on a connection of its own. Resolves with the beginning of the answer when the connection is closed. */
async function answerOf(url: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (answer += piece));
  socket.on('error', () => {});
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await new Promise((resolve) => socket.once('close', resolve));
  return answer.slice(0, 'HTTP/1.1 200'.length);
}

/** Sends workers SIGTERM while 20 clients with open connections send requests. `meanwhile` starts at the same time as the signal. */
async function endUnderLoad(server: ServingWorkers, meanwhile = async () => {}): Promise<void> {
  const load = await startLoad({ port: Number(new URL(server.url).port), connections: 20, requests: [read] });
  await expect.poll(() => load.answered(), { timeout: 30_000 }).toBeGreaterThan(100);
  const signalled = performance.now();
  // A service manager sends the signal to all processes.
  for (const pid of server.pids()) process.kill(pid, 'SIGTERM');
  const [code] = await Promise.all([server.stop(), meanwhile()]);
  expect(code).toBe(0);
  expect(performance.now() - signalled).toBeGreaterThan(800);
  expect(performance.now() - signalled).toBeLessThan(6_000);
  await sleep(100);
  const { statuses, failures, refused } = await load.stop();
  expect(failures).toEqual([]);
  expect(Object.keys(statuses)).toEqual(['200']);
  expect(refused).toBe(20);
}

describe('two workers', () => {
  it('are one server: one start, one port, one budget, one page of metrics', { timeout: 60_000 }, async () => {
    const server = await serveWorkers(
      {
        ...inFile(join(folder, 'demo.db')),
        RATE_LIMIT: '7/hour',
        AUTH_FAILURE_LIMIT: '5/hour',
        ADMIN_PORT: '0',
        METRICS_TOKEN,
      },
      ['--demo'],
    );
    expect(server.stdout().match(/The campaigns gateway is ready/g)).toHaveLength(1);
    expect(server.log().filter(({ msg }) => msg === 'migrated the database')).toHaveLength(1);
    const key = /^ {2}Token +(\S+)$/m.exec(server.stdout())?.[1] ?? '';

    const statuses: number[] = [];
    for (let time = 0; time < 10; time++) statuses.push(await statusOf(server.url, key));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 429, 429, 429]);
    const guesses: number[] = [];
    for (let time = 0; time < 8; time++) guesses.push(await statusOf(server.url, newKey()));
    expect(guesses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);

    // The workers get new connections in turn, and each line of the log names its worker.
    const answers = () => server.log().filter(({ msg }) => msg === 'answered');
    await expect.poll(() => answers().length).toBe(18);
    for (const worker of [1, 2]) expect(answers().filter((one) => one.worker === worker)).toHaveLength(9);

    const adminPort = server.log().find((one) => one.adminPort !== undefined)?.adminPort;
    for (const url of [server.url, `http://127.0.0.1:${adminPort}`]) {
      const lines = await readMetrics(url);
      for (const worker of [1, 2]) {
        const label = `worker="${worker}"`;
        const counts = lines.filter(
          (line) => line.startsWith('campaigns_http_request_duration_seconds_count') && line.includes(label),
        );
        expect(counts.join('\n')).toMatch(/status="200"/);
        expect(lines.some((line) => line.startsWith(`process_resident_memory_bytes{${label}}`))).toBe(true);
      }
    }
    expect(await server.stop()).toBe(0);
    expect(server.stderr()).toBe('');
  });

  it('replace one as soon as they can when its process cannot be started at first', { timeout: 60_000 }, async () => {
    await loaded;
    const node = join(temporaryFolder(), 'node');
    copyFileSync(process.execPath, node);
    const server = await serveWorkers(settings, [], [node, 'src/main.ts', 'serve']);
    const [killed = 0] = server.pids();
    // Moved and not copied again, because a copy takes its time, and until it is complete more starts fail.
    const away = `${node}-away`;
    renameSync(node, away);
    process.kill(killed, 'SIGKILL');
    const failures = () => server.log().filter(({ err }) => err?.message.includes('ENOENT')).length;
    await expect.poll(failures, { timeout: 15_000 }).toBeGreaterThan(0);
    expect(server.pids()).toHaveLength(1);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    renameSync(away, node);
    await server.started(3);
    expect(server.pids()).toHaveLength(2);
    const before = failures();
    renameSync(node, away);
    process.kill(server.pids()[0] ?? 0, 'SIGKILL');
    await expect.poll(failures, { timeout: 15_000 }).toBeGreaterThan(before);
    // A link to itself: Node throws this error, and emits the one of a file that is missing.
    symlinkSync(node, node);
    const thrown = () => server.log().filter(({ err }) => err?.message.includes('ELOOP')).length;
    await expect.poll(thrown, { timeout: 30_000 }).toBeGreaterThan(1);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it('open no other file than the first ones did, and make none where theirs was', { timeout: 120_000 }, async () => {
    const own = temporaryFolder();
    const server = await serveWorkers(inFile(join(own, 'campaigns.db')));
    const names = ['campaigns.db', 'campaigns.db-wal', 'campaigns.db-shm'];
    const away = temporaryFolder();
    for (const name of names) renameSync(join(own, name), join(away, name));
    process.kill(server.pids()[0] ?? 0, 'SIGKILL');
    await expect.poll(() => server.stderr(), { timeout: 15_000 }).toContain('the database file has been removed.');
    expect(readdirSync(own)).toEqual([]);
    writeFileSync(join(own, 'campaigns.db'), '');
    await expect
      .poll(() => server.stderr(), { timeout: 15_000 })
      .toContain('has taken the place of the database file.');
    rmSync(join(own, 'campaigns.db'));
    for (const name of names) renameSync(join(away, name), join(own, name));
    await server.started(3);
    expect(await server.stop()).toBe(0);
  });

  it(
    'go on when one is killed, which is replaced, lose no write that was acknowledged, and end together at SIGTERM',
    { timeout: 60_000 },
    async () => {
      await loaded;
      const server = await serveWorkers({ ...settings, DRAIN_DELAY: '1' });
      const names: string[] = [];
      let lost = 0;
      const writing = new AbortController();
      const write = async (writer: number) => {
        for (let n = 0; !writing.signal.aborted; n++) {
          const name = `Writer ${writer}, ${n}`;
          const body = JSON.stringify({
            query: 'mutation ($name: String!) { createGroup(input: { name: $name }) { group { uuid } } }',
            variables: { name },
          });
          const headers = { authorization: `Bearer ${tokenKey('editor')}`, 'content-type': 'application/json' };
          try {
            const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
            if (((await response.json()) as { data?: { createGroup: { group: unknown } } }).data?.createGroup.group)
              names.push(name);
          } catch {
            lost++;
            // The killed worker might still get a new connection, until the primary knows of its end: see the next test.
            await sleep(100);
          }
        }
      };
      const writers = [0, 1, 2, 3, 4, 5].map(write);
      await sleep(1_000);
      const before = names.length;
      const [killed = 0] = server.pids();
      process.kill(killed, 'SIGKILL');
      const at = Date.now();
      await server.started(3);
      const listening = server.log().findLast(({ msg }) => msg === 'listening');
      console.log(`The worker was replaced after ${(listening?.time ?? 0) - at} ms.`);
      const written = names.length;
      await sleep(500);
      writing.abort();
      await Promise.all(writers);

      expect(names.length).toBeGreaterThan(before + 10);
      expect(names.length).toBeGreaterThan(written);
      // Only the requests that the killed worker had under way failed.
      expect(lost).toBeLessThanOrEqual(6);
      expect(server.pids()).toHaveLength(2);
      expect(server.pids()).not.toContain(killed);
      expect(server.log().filter(({ msg }) => msg === 'a worker has ended, and is replaced')).toMatchObject([
        { signal: 'SIGKILL', wait: 0 },
      ]);
      await endUnderLoad(server);

      const { stdout } = await campaigns(['dump', '-'], settings);
      const kept = new Set([...stdout.matchAll(/"name":\s*"(Writer [^"]+)"/g)].map(([, name]) => name));
      expect(names.filter((name) => !kept.has(name))).toEqual([]);
    },
  );

  it(
    'close a connection that was on its way to one that is killed, and end together at SIGTERM without a failed request',
    { timeout: 60_000 },
    async () => {
      await loaded;
      const server = await serveWorkers({ ...settings, DRAIN_DELAY: '1' });
      const [killed = 0] = server.pids();
      // A stopped worker accepts no connection. The other one accepts the next ones.
      process.kill(killed, 'SIGSTOP');
      const answers = Promise.all([1, 2, 3, 4].map(() => answerOf(server.url)));
      await sleep(300);
      process.kill(killed, 'SIGKILL');
      expect((await answers).toSorted()).toEqual(['', 'HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 200']);
      await server.started(3);
      await endUnderLoad(server);
    },
  );

  it('close the connections that none of them has room for', { timeout: 60_000 }, async () => {
    await loaded;
    const server = await serveWorkers({ ...settings, MAX_CONNECTIONS: '20' });
    let closed = 0;
    const sockets = Array.from({ length: 100 }, () =>
      connect(Number(new URL(server.url).port), '127.0.0.1')
        .on('error', () => {})
        .on('close', () => (closed += 1)),
    );
    await expect.poll(() => closed, { timeout: 10_000 }).toBe(60);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => answerOf(server.url)).toBe('HTTP/1.1 200');
    expect(await server.stop()).toBe(0);
  });

  it('replace one that is frozen, whose clients would wait for ever', { timeout: 90_000 }, async () => {
    await loaded;
    const server = await serveWorkers(settings);
    const [frozen = 0] = server.pids();
    process.kill(frozen, 'SIGSTOP');
    const answers = Promise.all([1, 2].map(() => answerOf(server.url)));
    await expect.poll(() => server.pids(), { timeout: 60_000 }).not.toContain(frozen);
    expect((await answers).toSorted()).toEqual(['', 'HTTP/1.1 200']);
    await server.started(3);
    expect(server.log().filter(({ msg }) => msg.startsWith('a worker '))).toMatchObject([
      { worker: 1, msg: 'a worker does not answer, and is killed' },
      { worker: 1, msg: 'a worker has ended, and is replaced' },
    ]);
    expect(await server.stop()).toBe(0);
  });

  it('end together at SIGTERM, and fail no request of 20 clients', { timeout: 60_000 }, async () => {
    await loaded;
    await endUnderLoad(await serveWorkers({ ...settings, DRAIN_DELAY: '1' }));
  });

  it('fail none either while the process that accepts connections has no time', { timeout: 60_000 }, async () => {
    await loaded;
    const server = await serveWorkers({ ...settings, DRAIN_DELAY: '1' });
    await endUnderLoad(server, async () => {
      // Clients connect meanwhile, and the workers are about to close.
      await sleep(900);
      server.process.kill('SIGSTOP');
      await sleep(400);
      server.process.kill('SIGCONT');
    });
  });

  it(
    'count for themselves while their primary does not answer, and wait for it only once',
    { timeout: 60_000 },
    async () => {
      await loaded;
      const server = await serveWorkers({ ...settings, RATE_LIMIT: '1000/hour' });
      // A new connection would need the primary.
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      afterwards(() => agent.destroy());
      const headers = { authorization: `Bearer ${tokenKey('editor')}` };
      const timeOfOne = async () => {
        const started = performance.now();
        const [answer] = await once(get(`${server.url}/graphql?query={viewer{role}}`, { agent, headers }), 'response');
        await text(answer);
        expect(answer.statusCode).toBe(200);
        return performance.now() - started;
      };
      await timeOfOne();
      server.process.kill('SIGSTOP');
      expect(await timeOfOne()).toBeGreaterThan(900);
      for (let turn = 0; turn < 3; turn += 1) expect(await timeOfOne()).toBeLessThan(900);
      server.process.kill('SIGCONT');
      expect(await server.stop()).toBe(0);
    },
  );

  it('end at once at a second signal', { timeout: 30_000 }, async () => {
    await loaded;
    const server = await serveWorkers({ ...settings, DRAIN_DELAY: '60' });
    await statusOf(server.url, tokenKey('editor'));
    const pids = server.pids();
    server.process.kill('SIGTERM');
    await sleep(300);
    const signalled = performance.now();
    expect(await server.stop('SIGINT')).toBe(1);
    expect(performance.now() - signalled).toBeLessThan(3_000);
    await expect.poll(() => pids.filter((pid) => existsSync(`/proc/${pid}`)), { timeout: 5_000 }).toEqual([]);
  });

  it('end when their primary is killed', { timeout: 30_000 }, async () => {
    await loaded;
    const server = await serveWorkers(settings);
    const pids = server.pids();
    await server.stop('SIGKILL');
    await expect.poll(() => pids.filter((pid) => existsSync(`/proc/${pid}`)), { timeout: 5_000 }).toEqual([]);
  });
});

it('a worker that is starting when its primary is killed ends without a word', { timeout: 30_000 }, async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/orphan.ts')]);
  // The worker writes to the same pipes, so that they end with it.
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect([child.signalCode, stdout, stderr]).toEqual(['SIGKILL', 'ended with 0\n', '']);
});

describe('workers that cannot start', () => {
  const taken = createServer();
  afterAll(() => taken.close());

  it('are not started again: one line says why', { timeout: 30_000 }, async () => {
    await loaded;
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : address);
    expect(await campaigns(['serve'], { ...settings, WORKERS: '2', PORT: port, LOG_LEVEL: 'error' })).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: Port ${port} is taken by another program. Stop it, or set PORT to another port.\n`,
    });
  });

  /** Starts a server in a process group of its own. Resolves with it and the id of its first worker as soon as that has a process. */
  async function startFirstWorker() {
    await loaded;
    const { PATH } = process.env;
    const primary = spawn(process.execPath, ['src/main.ts', 'serve'], {
      env: { PATH, HOST: '127.0.0.1', PORT: '0', WORKERS: '2', NODE_COMPILE_CACHE: COMPILE_CACHE, ...settings },
      detached: true,
    });
    afterwards(() => primary.exitCode === null && primary.kill('SIGKILL'));
    const ended = Promise.all([text(primary.stdout), text(primary.stderr), once(primary, 'close')]);
    const { pid = 0 } = primary;
    const children = () => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    while (children() === '') await sleep(1);
    return { pid, worker: Number(children()), ended };
  }

  it('because the first is killed, end the server with a line that says so', { timeout: 30_000 }, async () => {
    const { worker, ended } = await startFirstWorker();
    process.kill(worker, 'SIGKILL');
    const [stdout, stderr, [code]] = await ended;
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      level: 50,
      worker: 1,
      signal: 'SIGKILL',
      msg: 'a worker has ended before it served',
    });
  });

  it('because all processes get SIGTERM at the start, are a clean stop', { timeout: 30_000 }, async () => {
    const { pid, ended } = await startFirstWorker();
    process.kill(-pid, 'SIGTERM');
    const [stdout, stderr, [code]] = await ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('all workers have stopped');
  });

  it('because SIGTERM reaches them before the first process, are a clean stop', { timeout: 30_000 }, async () => {
    const { pid, worker, ended } = await startFirstWorker();
    process.kill(worker, 'SIGTERM');
    await sleep(50);
    process.kill(pid, 'SIGTERM');
    const [stdout, stderr, [code]] = await ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('all workers have stopped');
  });

  it('end the server after some attempts, when none serves any more', { timeout: 60_000 }, async () => {
    const own = temporaryFolder();
    const server = await serveWorkers(inFile(join(own, 'data', 'campaigns.db')));
    // The database is gone, and there is a file in place of its folder.
    renameSync(join(own, 'data', 'campaigns.db'), join(own, 'gone'));
    renameSync(join(own, 'data'), join(own, 'data-gone'));
    renameSync(join(own, 'gone'), join(own, 'data'));
    for (const pid of server.pids()) process.kill(pid, 'SIGKILL');
    expect(await server.ended).toBe(1);
    const replaced = server.log().filter(({ msg }) => msg === 'a worker has ended, and is replaced');
    expect(replaced.length).toBeGreaterThan(3);
    expect(replaced.length).toBeLessThan(8);
    expect(server.stderr()).toMatch(/^(campaigns: [^\n]+\n)+$/);
  });
});
