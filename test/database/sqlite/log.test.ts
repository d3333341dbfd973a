import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { LARGE_LOG } from '../../../src/database/sqlite/open-connection.ts';
import { openSqlite } from '../../../src/database/sqlite/sqlite.ts';
import { afterwards } from '../../support/afterwards.ts';
import { mountedDisk } from '../../support/disk.ts';
import { temporaryFolder } from '../../support/folder.ts';

const MB = 1_000_000;

/** The process beside looks again once a second. */
const SOON = { timeout: 10_000, interval: 100 };

async function openIn(folder: string): Promise<{ database: Database; file: string; logSize: () => number }> {
  const file = join(folder, 'campaigns.db');
  const database = openSqlite(file);
  afterwards(() => database.close());
  await database.administer(({ db }) => sql`create table filler (bytes blob)`.execute(db));
  return { database, file, logSize: () => statSync(`${file}-wal`).size };
}

async function fill(database: Database, bytes: number): Promise<void> {
  await database.administer(({ db }) => sql`insert into filler values (randomblob(${bytes}))`.execute(db));
}

/** Keeps the state of now, as a dump does, until the function that it returns is called. */
async function readForLong(database: Database): Promise<() => Promise<void>> {
  const end = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const reading = database.snapshot(async () => {
    begun.resolve();
    await end.promise;
  });
  await Promise.race([begun.promise, reading]);
  return async () => {
    end.resolve();
    await reading;
  };
}

/** The bytes that this thread has written to files, according to Linux. Those of a process also have what its ended children wrote. */
function bytesWritten(): number {
  return Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/thread-self/io', 'utf8'))?.[1]);
}

/** How many rows are in a copy of the database file, without its log. */
function rowsInCopy(file: string): number {
  const copy = join(temporaryFolder(), 'copy.db');
  copyFileSync(file, copy);
  const sqlite = new Sqlite(copy);
  const count = sqlite.prepare<[], number>('select count(*) from filler').pluck().get() ?? 0;
  sqlite.close();
  return count;
}

describe('closing a database', () => {
  it('leaves every commit in the file, after it was looked at', async () => {
    const { database, file } = await openIn(temporaryFolder());
    await database.problem();
    await fill(database, 10);
    await database.close();
    expect(() => statSync(`${file}-wal`)).toThrow('ENOENT');
    expect(rowsInCopy(file)).toBe(1);
  });

  it('leaves every commit in the file, while another process has it open', async () => {
    const { database, file } = await openIn(temporaryFolder());
    const other = new Sqlite(file, { readonly: true });
    afterwards(() => void other.close());
    other.prepare('select * from filler').all();
    await fill(database, 10);
    await database.close();
    expect(rowsInCopy(file)).toBe(1);
  });

  it('succeeds while somebody reads an old state', async () => {
    const { database, file } = await openIn(temporaryFolder());
    const other = new Sqlite(file, { readonly: true });
    afterwards(() => void other.close());
    other.exec('begin; select * from filler');
    await fill(database, 10);
    await database.close();
    const again = openSqlite(file);
    afterwards(() => again.close());
    const { rows } = await sql`select 1 from filler`.execute(again.reader.db);
    expect(rows).toHaveLength(1);
  });
});

describe('a log that has grown because of a long read', () => {
  it('gives its space back after the read', async () => {
    const { database, logSize } = await openIn(temporaryFolder());
    const end = await readForLong(database);
    while (logSize() < 2 * LARGE_LOG) await fill(database, 8 * MB);
    await end();
    await vi.waitFor(() => expect(logSize()).toBe(0), SOON);
  });

  // Linux counts what a thread has written.
  it.skipIf(!existsSync('/proc/thread-self/io'))('is brought into the database by another process', async () => {
    const { database, file, logSize } = await openIn(temporaryFolder());
    const end = await readForLong(database);
    while (logSize() < 2 * LARGE_LOG) await fill(database, 8 * MB);
    const before = bytesWritten();
    await end();
    await vi.waitFor(async () => {
      await fill(database, 10);
      expect(statSync(file).size).toBeGreaterThan(2 * LARGE_LOG);
    }, SOON);
    expect(bytesWritten() - before).toBeLessThan(LARGE_LOG);
    // From now on SQLite empties the log itself again, at about 4 MB.
    await vi.waitFor(() => expect(logSize()).toBeLessThan(MB), SOON);
    for (let write = 0; write < 10; write++) await fill(database, 2 * MB);
    expect(logSize()).toBeLessThan(LARGE_LOG);
  });

  it('is brought into the database by the writes themselves when no process can be started', async () => {
    const { database, logSize } = await openIn(temporaryFolder());
    // Node throws E2BIG when it starts a process with such an environment.
    process.env.TOO_LARGE = 'x'.repeat(MB);
    onTestFinished(() => void delete process.env.TOO_LARGE);
    const end = await readForLong(database);
    while (logSize() < 2 * LARGE_LOG) await fill(database, 8 * MB);
    await end();
    for (let write = 0; write < 3; write++) await fill(database, 10);
    expect(logSize()).toBeLessThanOrEqual(LARGE_LOG);
  });

  it('is left to the next start by a server that ends meanwhile', async () => {
    const { database, file, logSize } = await openIn(temporaryFolder());
    const other = new Sqlite(file, { readonly: true });
    afterwards(() => void other.close());
    other.exec('begin; select * from filler');
    while (logSize() < 2 * LARGE_LOG) await fill(database, 8 * MB);
    await fill(database, 10);
    await database.close();
    other.close();
    const again = openSqlite(file);
    afterwards(() => again.close());
    await fill(again, 10);
    await vi.waitFor(() => expect(statSync(`${file}-wal`).size).toBe(0), SOON);
    expect(statSync(file).size).toBeGreaterThan(2 * LARGE_LOG);
  });

  const disk = mountedDisk('size=100m');

  it.skipIf(disk === null)('leaves enough of the disk to be emptied after the read', async () => {
    const { database, logSize } = await openIn(disk ?? '');
    const end = await readForLong(database);
    // Smaller and smaller writes are made, because a large one may be refused while a small one still fits.
    for (const bytes of [4 * MB, 100_000, 1_000]) {
      const fillDisk = async () => {
        for (;;) await fill(database, bytes);
      };
      await expect(fillDisk()).rejects.toThrow('the disk is full');
    }
    expect(logSize()).toBeGreaterThan(LARGE_LOG);
    await end();
    await vi.waitFor(() => expect(logSize()).toBe(0), SOON);
    for (let write = 0; write < 20; write++) await fill(database, 10_000);
  });
});
