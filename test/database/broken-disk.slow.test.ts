import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Client } from '../support/client.ts';
import { clientFor } from '../support/client.ts';
import { mountedDisk } from '../support/disk.ts';
import { putFixture } from '../support/engine.ts';
import { tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import type { Serving } from '../support/program.ts';
import { inFile, serve } from '../support/program.ts';

const CREATE = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Vets" } }) { campaign { uuid } userErrors { code } }
}`;
const READ = '{ campaigns(first: 50) { nodes { name group { name } } } }';
const NAMES = '{ campaigns(first: 250) { nodes { name } } }';

/** A server in its own process, whose database file is in its own folder. */
interface Broken {
  readonly server: Serving;
  readonly client: Client;
  readonly folder: string;
  readonly file: string;
  /** Creates campaigns until one creation fails. Returns the names of the acknowledged campaigns, and the failure. */
  create(count: number): Promise<{ acknowledged: string[]; failure: Awaited<ReturnType<Client['ask']>> | undefined }>;
  ready(): Promise<{ status: number; body: { status: string } }>;
  /** The log lines about outages. */
  outages(): { msg: string; reason?: string }[];
}

let made = 0;

async function open(folder = join(temporaryFolder(), 'data')): Promise<Broken> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'campaigns.db');
  const settings = { ...inFile(file), RATE_LIMIT: 'off' };
  await putFixture(file);
  const server = await serve(settings);
  const client = clientFor(server.url, 'admin2');
  return {
    server,
    client,
    folder,
    file,
    async create(count) {
      const acknowledged: string[] = [];
      for (let place = 0; place < count; place++) {
        const name = `Made ${(made += 1)}`;
        const answer = await client.ask<{ createCampaign: { campaign: object | null } | null }>(CREATE, { name });
        if (!answer.data?.createCampaign?.campaign) return { acknowledged, failure: answer };
        acknowledged.push(name);
      }
      return { acknowledged, failure: undefined };
    },
    async ready() {
      const response = await fetch(`${server.url}/readyz`);
      return { status: response.status, body: (await response.json()) as { status: string } };
    },
    outages: () =>
      server
        .stdout()
        .split('\n')
        .filter((line) => line.includes('the database can'))
        .map((line) => JSON.parse(line) as { msg: string; reason?: string }),
  };
}

const namesOf = async (client: Client) =>
  (await client.data<{ campaigns: { nodes: { name: string }[] } }>(NAMES)).campaigns.nodes.map(({ name }) => name);

/** Starts a server on the file and returns the names of the campaigns that it finds. */
async function namesAfterRestart(file: string): Promise<string[]> {
  const server = await serve({ ...inFile(file), RATE_LIMIT: 'off' });
  const names = await namesOf(clientFor(server.url, 'admin2'));
  await server.stop();
  return names;
}

/** Repeats the expectation until it holds, for `seconds` at most. */
async function eventually(expectation: () => Promise<void> | void, seconds = 8): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
      await wait(100);
    }
  }
}

/** Expects that every way to write is refused, and that the messages contain no file path. */
async function expectWritesRefused(broken: Broken, reason: string): Promise<void> {
  const { server, client, folder } = broken;
  const graphql = await client.ask(CREATE, { name: 'Refused' });
  expect([graphql.status, graphql.codes, graphql.headers.get('retry-after')]).toEqual([
    503,
    ['STORAGE_UNAVAILABLE'],
    '5',
  ]);
  expect(graphql.errors[0]?.message).toContain(reason);
  const rest = await fetch(`${server.url}/api/v2/campaigns.json`, {
    method: 'POST',
    headers: { authorization: `Token ${tokenKey('admin2')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Refused too', group: 'Vets' }),
  });
  expect([rest.status, rest.headers.get('retry-after')]).toEqual([503, '5']);
  const body = await rest.text();
  expect(body).toContain(reason);
  expect(graphql.text + body).not.toContain(folder);
}

async function expectNotReady(broken: Broken, reason: string): Promise<void> {
  const { status, body } = await broken.ready();
  expect([status, body.status]).toEqual([503, expect.stringContaining(reason)]);
}

// The tests run concurrently because they mostly wait. Each has its own server and folder. The longest test comes first.
describe.concurrent('a database that another process keeps locked for half a minute', () => {
  it('is read from and ready all the time, refuses writes after five seconds, and takes them again afterwards', async () => {
    const broken = await open();
    const other = new Sqlite(broken.file);
    other.exec('begin immediate');
    const until = performance.now() + 30_000;
    const writes: { status: number; codes: unknown; ms: number }[] = [];
    const writing = (async () => {
      while (performance.now() < until - 6_000) {
        const started = performance.now();
        const { status, codes } = await broken.client.ask(CREATE, { name: 'Locked out' });
        writes.push({ status, codes, ms: performance.now() - started });
      }
    })();
    const waits: number[] = [];
    while (performance.now() < until) {
      const started = performance.now();
      expect((await broken.client.ask(READ)).status).toBe(200);
      expect((await broken.ready()).status).toBe(200);
      waits.push(performance.now() - started);
      await wait(20);
    }
    await writing;
    // A read that waited for the lock would take five seconds. The two slowest reads are ignored, because the machine may have paused.
    expect(waits.toSorted((a, b) => a - b).at(-3)).toBeLessThan(500);
    expect(writes.length).toBeGreaterThanOrEqual(3);
    for (const { status, codes, ms } of writes) {
      expect([status, codes]).toEqual([503, ['STORAGE_BUSY']]);
      expect(ms).toBeLessThan(7_000);
    }
    other.exec('rollback');
    other.close();
    expect((await broken.create(3)).acknowledged).toHaveLength(3);
    expect(broken.outages()).toEqual([]);
  }, 60_000);
});

describe.concurrent('a folder that is removed', () => {
  it('ends writes and readiness, and not reads', async () => {
    const broken = await open();
    expect((await broken.create(5)).failure).toBeUndefined();
    rmSync(broken.folder, { recursive: true });

    await expectWritesRefused(broken, 'the folder of the database has been removed');
    await expectNotReady(broken, 'the folder of the database has been removed');
    expect(await broken.client.ask(READ)).toMatchObject({ status: 200, errors: [] });
    expect((await fetch(`${broken.server.url}/healthz`)).status).toBe(200);
    await wait(2_500);
    expect(broken.outages()).toMatchObject([{ msg: 'the database cannot be used' }]);
    expect(await broken.server.stop()).toBe(0);
    // What the server could not write by itself, such as the last use of the token, is the same outage.
    const WARNING = 40;
    const lines = broken.server.stdout().trimEnd().split('\n');
    expect(lines.filter((line) => (JSON.parse(line) as { level: number }).level >= WARNING)).toHaveLength(1);
  }, 60_000);

  it('lets nothing be acknowledged that is not there, while clients write', async () => {
    const broken = await open();
    const acknowledged: string[] = [];
    let failures = 0;
    let moved = false;
    const writers = Array.from({ length: 8 }, async () => {
      for (;;) {
        const { acknowledged: names, failure } = await broken.create(1);
        // Only acknowledged names are collected. The folder is moved away while this loop runs.
        acknowledged.push(...names);
        if (!failure) continue;
        expect([failure.status, failure.codes]).toEqual([503, ['STORAGE_UNAVAILABLE']]);
        failures += 1;
        if (moved) return;
      }
    });
    await wait(300);
    renameSync(broken.folder, `${broken.folder}-away`);
    moved = true;
    await Promise.all(writers);
    expect(failures).toBe(8);

    // The server recovers by itself as soon as the folder is back in its place.
    renameSync(`${broken.folder}-away`, broken.folder);
    const { acknowledged: later } = await broken.create(3);
    expect(later).toHaveLength(3);
    await eventually(async () => expect((await broken.ready()).status).toBe(200));
    await broken.server.stop('SIGKILL');
    const there = new Set(await allNames(broken.file));
    expect([...acknowledged, ...later].filter((name) => !there.has(name))).toEqual([]);
  }, 60_000);
});

/** The names of all campaigns in the file. Reads the file directly, without a server. */
async function allNames(file: string): Promise<string[]> {
  const database = new Sqlite(file);
  const names = database.prepare<[], string>('select name from campaigns').pluck().all();
  database.close();
  return names;
}

describe.concurrent('a log that is removed', () => {
  it.each([
    ['alone', ['-wal']],
    ['with its index', ['-wal', '-shm']],
    ['or its index alone', ['-shm']],
  ])(
    '%s is saved into the database, and every acknowledged write with it',
    async (_how, parts) => {
      const broken = await open();
      const { acknowledged } = await broken.create(20);
      expect(acknowledged).toHaveLength(20);
      for (const part of parts) rmSync(broken.file + part);

      const { acknowledged: later } = await broken.create(20);
      expect(later).toHaveLength(20);
      await eventually(async () => expect(await broken.ready()).toEqual({ status: 200, body: { status: 'ready' } }));
      for (const part of ['-wal', '-shm']) expect(statSync(broken.file + part).size).toBeGreaterThan(0);
      await broken.server.stop('SIGKILL');
      expect(await namesAfterRestart(broken.file)).toEqual(expect.arrayContaining([...acknowledged, ...later]));
    },
    60_000,
  );

  it('is saved without a write, too', async () => {
    const broken = await open();
    const { acknowledged } = await broken.create(20);
    rmSync(`${broken.file}-wal`);
    await wait(2_500);
    await broken.server.stop('SIGKILL');
    expect(await namesAfterRestart(broken.file)).toEqual(expect.arrayContaining(acknowledged));
  }, 60_000);

  it('while many clients write, takes no acknowledged write with it', async () => {
    const broken = await open();
    const acknowledged: string[] = [];
    const stop = new AbortController();
    const writers = Array.from({ length: 8 }, async () => {
      while (!stop.signal.aborted) acknowledged.push(...(await broken.create(1)).acknowledged);
    });
    // A slow machine needs more rounds until enough campaigns are written.
    for (let round = 0; round < 5 || acknowledged.length <= 100; round++) {
      await wait(150);
      rmSync(`${broken.file}-wal`, { force: true });
    }
    await wait(150);
    stop.abort();
    await Promise.all(writers);
    await broken.server.stop('SIGKILL');
    expect(acknowledged.length).toBeGreaterThan(100);
    const there = new Set(await allNames(broken.file));
    expect(acknowledged.filter((name) => !there.has(name))).toEqual([]);
  }, 60_000);
});

describe.concurrent('a file that is cut short', () => {
  it.each([
    ['the database', '', 'the database file has been cut short'],
    ['the log', '-wal', 'the log of the database (-wal) has been cut short'],
  ])(
    '%s: ends writes and readiness, and the process lives',
    async (_what, part, reason) => {
      const broken = await open();
      await broken.create(20);
      // If SQLite used memory-mapped files, these reads would map the file.
      // The same reads after the truncation would then kill the process.
      const queries = [READ, NAMES, '{ groups(first: 250) { nodes { name } } }'];
      for (const query of queries) await broken.client.data(query);
      truncateSync(broken.file + part, 4096);
      // A query whose data cannot be read any more is answered with 503, never with 500, and the process goes on.
      for (const query of queries) expect([200, 503]).toContain((await broken.client.ask(query)).status);
      // The caller's token may be in the lost part of the file. Then reading the token fails before anything is written.
      await expectWritesRefused(broken, 'The database cannot be used at present');
      await expectNotReady(broken, reason);
      expect(broken.server.process.exitCode).toBeNull();
      expect(broken.server.process.signalCode).toBeNull();
      await wait(2_500);
      expect(broken.outages()).toHaveLength(1);
    },
    60_000,
  );

  it('makes no stranger of a caller whose token cannot be read', async () => {
    const broken = await open();
    // The write empties the caches, so the server must read the token again.
    await broken.create(5);
    truncateSync(broken.file, 4096);
    expect(await broken.client.ask(READ)).toMatchObject({ status: 503, codes: ['STORAGE_UNAVAILABLE'] });
    const rest = await fetch(`${broken.server.url}/api/v2/campaigns.json`, {
      headers: { authorization: `Token ${tokenKey('admin2')}` },
    });
    expect([rest.status, rest.headers.get('retry-after')]).toEqual([503, '5']);
  }, 60_000);

  it('is not what a vacuum by another process does', async () => {
    const broken = await open();
    const other = new Sqlite(broken.file);
    other.exec('create table filler as select zeroblob(1000000) as bytes; drop table filler; vacuum');
    other.pragma('wal_checkpoint(truncate)');
    other.close();
    expect((await broken.create(3)).failure).toBeUndefined();
    expect((await broken.ready()).status).toBe(200);
  }, 60_000);
});

describe.concurrent('a file that is replaced', () => {
  it('ends writes and readiness until the file is back', async () => {
    const broken = await open();
    const { acknowledged } = await broken.create(10);
    const other = `${broken.file}.other`;
    cpSync(broken.file, other);
    renameSync(broken.file, `${broken.file}.away`);
    renameSync(other, broken.file);
    const reason = 'another file has taken the place of the database file';
    await expectWritesRefused(broken, reason);
    await expectNotReady(broken, reason);
    expect(await namesOf(broken.client)).toEqual(expect.arrayContaining(acknowledged));

    renameSync(`${broken.file}.away`, broken.file);
    const { acknowledged: later } = await broken.create(3);
    expect(later).toHaveLength(3);
    expect((await broken.ready()).status).toBe(200);
    await broken.server.stop('SIGKILL');
    expect(await namesAfterRestart(broken.file)).toEqual(expect.arrayContaining([...acknowledged, ...later]));
  }, 60_000);
});

describe.concurrent('a disk that is full', () => {
  const disk = mountedDisk('size=3m');

  it.skipIf(disk === null)(
    'answers reads and refuses writes, until there is room again',
    async () => {
      const broken = await open(join(disk ?? '', 'data'));
      const { acknowledged } = await broken.create(10);
      const filler = join(disk ?? '', 'filler');
      try {
        execFileSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k'], { stdio: 'ignore' });
      } catch {
        // The write fails when the disk is full.
      }
      await eventually(async () => {
        const { acknowledged: more, failure } = await broken.create(200);
        acknowledged.push(...more);
        expect(failure?.codes).toEqual(['STORAGE_UNAVAILABLE']);
      });
      await expectWritesRefused(broken, 'the disk is full');
      for (let read = 0; read < 20; read++) expect(await broken.client.ask(READ)).toMatchObject({ status: 200 });
      // The server stays ready because it can still answer reads.
      expect((await broken.ready()).status).toBe(200);

      rmSync(filler);
      const { acknowledged: later } = await broken.create(5);
      expect(later).toHaveLength(5);
      await eventually(
        () =>
          expect(broken.outages()).toMatchObject([
            { msg: 'the database cannot be used', reason: 'the disk is full' },
            { msg: 'the database can be used again' },
          ]),
        15,
      );
      await broken.server.stop('SIGKILL');
      const there = new Set(await allNames(broken.file));
      expect([...acknowledged, ...later].filter((name) => !there.has(name))).toEqual([]);
    },
    60_000,
  );
});

describe.concurrent('a disk that fails to write', () => {
  it('refuses writes and answers reads, and writes work again when the disk does', async () => {
    const broken = await open();
    const { acknowledged } = await broken.create(10);
    // With this limit on file sizes, each write that would make the write-ahead log longer fails.
    const limit = (size: string) =>
      execFileSync('prlimit', ['--pid', String(broken.server.process.pid), `--fsize=${size}:unlimited`]);
    limit('8192');
    await expectWritesRefused(broken, 'the disk fails to read or to write');
    expect(await broken.client.ask(READ)).toMatchObject({ status: 200, errors: [] });
    await wait(2_500);
    expect((await broken.create(3)).acknowledged).toEqual([]);
    limit('unlimited');
    const { acknowledged: later } = await broken.create(5);
    expect(later).toHaveLength(5);
    await broken.server.stop('SIGKILL');
    expect(await namesAfterRestart(broken.file)).toEqual(expect.arrayContaining([...acknowledged, ...later]));
  }, 60_000);
});

describe.concurrent('a database that a newer release migrates while this one serves', () => {
  it('is not written to any more, and the server is not ready', async () => {
    const broken = await open();
    const other = new Sqlite(broken.file);
    other.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '2040')");
    other.close();
    await expectNotReady(broken, 'a newer release has migrated the database (it has "9999-later")');
    await expectWritesRefused(broken, 'a newer release has migrated the database');
    expect(await broken.client.ask(READ)).toMatchObject({ status: 200, errors: [] });
    await wait(2_500);
    expect(broken.outages()).toHaveLength(1);
  }, 60_000);
});
