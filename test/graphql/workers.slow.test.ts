import { execFile } from 'node:child_process';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Agent, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { Client, clientFor } from '../support/client.ts';
import { newPlace } from '../support/engine.ts';
import { fixture, tokenKey } from '../support/fixture.ts';
import { serve } from '../support/program.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { openWorld } from '../support/world.ts';

const run = promisify(execFile);

/** A server with two workspaces of 10,000 campaigns each. */
async function openLarge(costlyFrom?: number) {
  const { url, log, database } = await openWorld({}, fixture, { costlyFrom });
  const keys = [];
  for (let made = 0; made < 2; made++) {
    const groups = Array.from({ length: 40 }, (_, n) => ({ name: `Group ${n}` }));
    const { key, add } = await makeWorkspace(database, { groups });
    for (const group of groups.keys()) {
      await add(Array.from({ length: 250 }, (_, n) => ({ name: `Campaign ${group} ${n}`, created: n, group })));
    }
    keys.push(key);
  }
  const [one = '', other = ''] = keys;
  return { url, log, one, other };
}

/** A query for almost as many objects as one operation may read. */
const HEAVY =
  '{ groups(first: 36) { nodes { name campaigns(first: 250) { nodes { id uuid name createdOn modifiedOn } } } } }';
const LIGHT = '{ campaigns(first: 10) { nodes { uuid name } } }';

// With this setting a query for 100 objects already runs in a worker.
const workers = await openLarge(100);
const main = await openLarge(Number.POSITIVE_INFINITY);
const agent = new Agent({ keepAlive: true });

/** Sends a query. Only counts the bytes of the response, because decoding it would keep this process busy. */
async function send(
  url: string,
  key: string,
  query: string,
  options: RequestOptions = {},
): Promise<{ status: number; bytes: number }> {
  const body = JSON.stringify({ query });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}/graphql`, { method: 'POST', headers, agent, ...options }, resolve)
      .on('error', reject)
      .end(body);
  });
  let bytes = 0;
  for await (const piece of response) bytes += (piece as Buffer).length;
  return { status: response.statusCode ?? 0, bytes };
}

describe('eight costly queries at once', () => {
  /**
   * The event loop may be blocked for at most 1/PARTS of the time that all eight queries take in the server's own process. The
   * comparison is with that whole time, because reads pause in the middle there and the event loop is not blocked all the time.
   */
  const PARTS = 16;

  /** The time in ms until all queries are answered, and the longest time in ms for which the event loop was blocked meanwhile. */
  async function measured({ url, one }: typeof workers): Promise<{ time: number; longestDelay: number }> {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(url, one, HEAVY)));
    const time = performance.now() - started;
    delay.disable();
    for (const { status, bytes } of answers) expect([status, bytes > 1_000_000]).toEqual([200, true]);
    return { time, longestDelay: delay.max / 1e6 };
  }

  it('stop the event loop for a fraction of the time that they would take in the server’s process', async () => {
    // Take the least of several runs, because other programs share the processors. The first runs also compile the query.
    const least = { delay: Number.POSITIVE_INFINITY, time: Number.POSITIVE_INFINITY };
    const isShown = () => least.delay < least.time / PARTS;
    for (let run = 0; run < 4 || (run < 12 && !isShown()); run++) {
      least.delay = Math.min(least.delay, (await measured(workers)).longestDelay);
      least.time = Math.min(least.time, (await measured(main)).time);
    }
    expect(least.delay).toBeLessThan(least.time / PARTS);
  });
});

describe('while one workspace asks for as much as it can', () => {
  it('its light queries, and all of another workspace’s, are answered before most of its costly ones', async () => {
    const answered: string[] = [];
    const ask = async (name: string, key: string, query: string) => {
      const { status } = await send(workers.url, key, query);
      answered.push(`${name} ${status}`);
    };
    const flood = Array.from({ length: 12 }, () => ask('flood', workers.one, HEAVY));
    await send(workers.url, workers.one, LIGHT);
    await Promise.all([
      ...flood,
      ask('light', workers.one, LIGHT),
      ask('light of another', workers.other, LIGHT),
      ask('costly of another', workers.other, HEAVY),
    ]);
    expect(answered.filter((one) => one === 'flood 200')).toHaveLength(12);
    for (const name of ['light', 'light of another', 'costly of another']) {
      expect(answered.slice(0, 9)).toContain(`${name} 200`);
    }
  });

  it('what is beyond the bound is refused with 503, OVERLOADED and Retry-After, and is no error in the log', async () => {
    const [one, other] = [new Client(workers.url, workers.one), new Client(workers.url, workers.other)];
    const [others, ...flood] = await Promise.all(
      [other, ...Array.from({ length: 40 }, () => one)].map((client) => client.ask(HEAVY)),
    );
    expect(others?.status).toBe(200);
    const refused = flood.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(10);
    for (const { codes, headers } of refused)
      expect([codes, headers.get('retry-after')]).toEqual([['OVERLOADED'], '5']);
    expect(flood.filter(({ status }) => status === 200)).toHaveLength(40 - refused.length);
    expect(workers.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

describe('costly queries whose callers have gone', () => {
  /** Thirty pages. Each needs its own statement. */
  const PAGES = `{ ${Array.from({ length: 30 }, (_, n) => `a${n}: campaigns(first: 250) { nodes { uuid name } }`).join(' ')} }`;
  const SHORT = '{ campaigns(first: 100) { nodes { uuid } } }';

  /** The time in ms that a short query takes behind four long ones. A worker has already started one of them. */
  async function timeBehind(stopped: boolean): Promise<number> {
    const gone = new AbortController();
    const ahead = Array.from({ length: 4 }, () =>
      send(workers.url, workers.one, PAGES, { agent: false, signal: gone.signal }),
    );
    const settled = Promise.allSettled(ahead);
    await sleep(15);
    if (stopped) gone.abort();
    const started = performance.now();
    await send(workers.url, workers.one, SHORT);
    const time = performance.now() - started;
    await settled;
    return time;
  }

  it('are dropped, so that the next query does not wait for them', async () => {
    await timeBehind(false);
    let least = { stopped: Number.POSITIVE_INFINITY, going: Number.POSITIVE_INFINITY };
    for (let run = 0; run < 5; run++) {
      least = {
        stopped: Math.min(least.stopped, await timeBehind(true)),
        going: Math.min(least.going, await timeBehind(false)),
      };
    }
    expect(least.stopped).toBeLessThan(least.going / 2);
  });
});

describe('the worker processes of a server', () => {
  /** The child processes of a process. */
  async function childrenOf(parent: number | undefined): Promise<number[]> {
    const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
    const processes = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/ +/).map(Number));
    return processes.flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []));
  }

  /** A server that has run a costly query, and the worker process that ran it. */
  async function startServer() {
    const { settings } = await newPlace('fixture');
    const server = await serve(settings);
    const ask = () => clientFor(server.url, 'admin').ask(HEAVY);
    expect(await childrenOf(server.process.pid)).toEqual([]);
    expect((await ask()).status).toBe(200);
    const [worker = 0, ...others] = await childrenOf(server.process.pid);
    expect(others).toEqual([]);
    return { server, ask, worker };
  }

  it('outlive signals that all processes of a terminal get, so that the open requests are answered', async () => {
    const { server, ask, worker } = await startServer();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(worker, signal);
    expect((await ask()).status).toBe(200);
    expect(await childrenOf(server.process.pid)).toEqual([worker]);
    expect(await server.stop()).toBe(0);
    expect(() => process.kill(worker, 0)).toThrow('ESRCH');
    expect(server.stderr()).toBe('');
  });

  it('may be killed: the query is answered by another one', async () => {
    const { server, ask, worker } = await startServer();
    // A stopped process does not answer before it is killed.
    process.kill(worker, 'SIGSTOP');
    const asked = ask();
    await sleep(200);
    process.kill(worker, 'SIGKILL');
    expect(await asked).toMatchObject({ status: 200, errors: [] });
    expect(server.stdout()).toContain('a worker process ended with SIGKILL');
    expect(await server.stop()).toBe(0);
  });

  it.each([
    ['application/graphql-response+json', 500],
    // GraphQL over HTTP, 6.4.1: the answer to a well-formed request has status 200.
    ['application/json', 200],
  ])('that are killed again and again are a fault of the server, for a client of %s', async (accept, status) => {
    const { server, worker } = await startServer();
    const answered = new AbortController();
    const killAll = async () => {
      while (!answered.signal.aborted) {
        // pkill goes on when a process has just ended.
        await run('pkill', ['-KILL', '-P', String(server.process.pid)]).catch(() => {});
        await sleep(20);
      }
    };
    process.kill(worker, 'SIGKILL');
    const killing = killAll();
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenKey('admin')}`, 'content-type': 'application/json', accept },
      body: JSON.stringify({ query: HEAVY }),
    });
    answered.abort();
    await killing;
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([response.status, errors.map(({ extensions }) => extensions.code)]).toEqual([
      status,
      ['INTERNAL_SERVER_ERROR'],
    ]);
    await server.stop();
  });

  it('end with a server that is killed', async () => {
    const { server, worker } = await startServer();
    await server.stop('SIGKILL');
    await vi.waitFor(() => expect(() => process.kill(worker, 0)).toThrow('ESRCH'), { timeout: 5_000 });
  });
});
