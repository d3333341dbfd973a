import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { clientFor } from '../support/client.ts';
import { FIXTURE, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const CREATE = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Vets" } }) { campaign { uuid } userErrors { code } }
}`;
const READ = '{ campaigns(first: 50) { nodes { uuid name group { name } } } }';
const COUNT = '{ campaigns(filter: { archived: null }) { totalCount } }';

const file = join(temporaryFolder(), 'campaigns.db');
const settings = { ...inFile(file), RATE_LIMIT: 'off' };
expect((await campaigns(['load', FIXTURE], settings)).code).toBe(0);
const server = await serve(settings);
const client = clientFor(server.url, 'admin2');

/** Runs `work` while another connection, which is not the server's, holds the write lock on the file. */
async function holdingTheLock<Result>(work: () => Promise<Result>): Promise<Result> {
  const other = new Sqlite(file);
  other.exec('begin immediate');
  try {
    return await work();
  } finally {
    other.exec('rollback');
    other.close();
  }
}

/** Reads this many times, one read after the other. Rejects when one of them fails. */
async function read(reads: number): Promise<void> {
  for (let place = 0; place < reads; place++) await client.data(READ);
}

const total = async () => (await client.data<{ campaigns: { totalCount: number } }>(COUNT)).campaigns.totalCount;

describe('while another process writes to the file', () => {
  it('reads are answered, and a write waits for it', async () => {
    // The lock is held until all reads are answered, so that one which waited for it would fail.
    const write = await holdingTheLock(async () => {
      const asked = client.ask(CREATE, { name: 'Waited for' });
      // So few that a slow machine answers them before the write has waited for too long.
      await read(100);
      return { asked };
    });
    expect(await write.asked).toMatchObject({ status: 200, errors: [] });
  });

  it('a write that waits too long is a 503 that says when to come back, and changes nothing', async () => {
    const before = await total();
    await holdingTheLock(async () => {
      const [graphql, rest] = await Promise.all([
        client.ask(CREATE, { name: 'Not to be' }),
        fetch(`${server.url}/api/v2/campaigns.json`, {
          method: 'POST',
          headers: { authorization: `Token ${tokenKey('admin2')}`, 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'Not to be either', group: 'Vets' }),
        }),
        read(20),
      ]);
      expect([graphql.status, graphql.codes, graphql.headers.get('retry-after')]).toEqual([503, ['STORAGE_BUSY'], '5']);
      expect([rest.status, rest.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await rest.json()).toEqual({ detail: expect.stringContaining('busy') });
    });
    expect(await total()).toBe(before);
    expect(await client.ask(CREATE, { name: 'Not to be' })).toMatchObject({ status: 200, errors: [] });
    expect(await total()).toBe(before + 1);
  }, 30_000);
});

describe('while somebody reads a dump slowly', () => {
  it('no write fails and no read waits, and the dump is of the moment when it began', async () => {
    expect(await client.ask(CREATE, { name: 'Before the dump' })).toMatchObject({ status: 200, errors: [] });
    const dump = spawn(process.execPath, ['src/main.ts', 'dump', '-'], {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, ...settings },
    });
    // The first piece of the dump has arrived. The rest waits in the pipe until the test reads it.
    const [first] = await new Promise<[Buffer]>((resolve) => dump.stdout.once('data', (piece) => resolve([piece])));
    dump.stdout.pause();
    expect(dump.exitCode).toBeNull();

    // A write or a read that waited for the dump would fail, because the dump ends only when the test goes on reading.
    for (let place = 0; place < 50; place++) {
      expect(await client.ask(CREATE, { name: `Beside the dump ${place}` })).toMatchObject({ status: 200, errors: [] });
    }
    await read(100);
    expect(dump.exitCode).toBeNull();

    const dumped = JSON.parse(first.toString() + (await text(dump.stdout))) as { campaigns: { name: string }[] };
    const names = dumped.campaigns.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('Beside'))).toEqual([]);
    expect(names).toContain('Before the dump');
  }, 30_000);
});
