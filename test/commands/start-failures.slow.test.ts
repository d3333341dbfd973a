import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mountedDisk } from '../support/disk.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile } from '../support/program.ts';

// The tests run at the same time, because each spends most of its time waiting for processes to start. Each has its own folder.
it.concurrent.each([
  ['PORT', { PORT: 'http' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://root:secret@db.example/x' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
])('a wrong %s stops every command with one line', { timeout: 60_000 }, async (name, settings) => {
  for (const command of [['serve'], ['token', 'list']]) {
    const { code, stdout, stderr } = await campaigns(command, settings);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^campaigns: ${name} is "[^\n]*\n$`));
    expect(stderr).not.toContain('secret');
  }
});

it.concurrent(
  'a command says where it looked, without the password, when no server of the database answers',
  async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => void closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const settings = { DATABASE_URL: `postgres://user:secret@127.0.0.1:${port}/campaigns` };
    expect(await campaigns(['migrate'], settings)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'campaigns: The database cannot be used at present: the database server cannot be reached. Try again later. ' +
        `DATABASE_URL is "postgres://…@127.0.0.1:${port}/campaigns" (ECONNREFUSED).\n`,
    });
  },
);

it.concurrent('the folders of the database are made, also by several processes at once', async () => {
  const file = join(temporaryFolder(), 'a', 'b', 'campaigns.db');
  const outcomes = await Promise.all([1, 2, 3].map(() => campaigns(['migrate'], inFile(file))));
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(existsSync(file)).toBe(true);
});

describe.concurrent('a server that cannot start', { timeout: 60_000 }, () => {
  const ownFile = () => inFile(join(temporaryFolder(), 'campaigns.db'));
  const taken = createServer();
  const takenPort = () => String((taken.address() as AddressInfo).port);
  beforeAll(() => new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve)));
  afterAll(() => taken.close());

  it('says so in one line when the port is taken', async () => {
    const port = takenPort();
    expect(await campaigns(['serve'], { ...ownFile(), PORT: port, ADMIN_PORT: '0', LOG_LEVEL: 'error' })).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: Port ${port} is taken by another program. Stop it, or set PORT to another port.\n`,
    });
  });

  it('says so in one line when the port for health is taken', async () => {
    const port = takenPort();
    expect(await campaigns(['serve'], { ...ownFile(), ADMIN_PORT: port, LOG_LEVEL: 'error' })).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: Port ${port} is taken by another program. Stop it, or set ADMIN_PORT to another port.\n`,
    });
  });

  // fe80::1 is a link-local address without its zone.
  it.each(['192.0.2.1', 'fe80::1'])('says so in one line when %s is not this machine’s address', async (HOST) => {
    const { code, stderr } = await campaigns(['serve'], { ...ownFile(), HOST, LOG_LEVEL: 'error' });
    expect([code, stderr]).toEqual([
      1,
      `campaigns: HOST is "${HOST}", which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0.\n`,
    ]);
  });

  it.each([
    [
      'a file that is no database',
      (file: string) => writeFileSync(file, 'notes '.repeat(1_000)),
      'notes.db',
      'it is not a SQLite database',
    ],
    ['a folder', () => {}, '.', 'it is a folder'],
    ['in a file', (file: string) => writeFileSync(dirname(file), 'notes'), 'notes/campaigns.db', 'notes" is no folder'],
    ['below a file', (file: string) => writeFileSync(join(file, '../..'), ''), 'a/b/campaigns.db', 'a" is no folder'],
    [
      'behind a link that leads nowhere',
      (file: string) => symlinkSync('nowhere', dirname(file)),
      'link/campaigns.db',
      'link" is no folder',
    ],
  ])('says so in one line when the database is %s', async (_what, make, name, reason) => {
    const file = join(temporaryFolder(), name);
    make(file);
    const { code, stdout, stderr } = await campaigns(['serve'], inFile(file));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^campaigns: The database file "[^"]+" cannot be opened: [^\n]+\.\n$/);
    expect(stderr).toContain(reason);
  });

  // The system reports ENOENT there, as it does when the parent folder is missing.
  it.skipIf(!existsSync('/proc/self')).each(['/proc/a/campaigns.db', '/proc/a/b/campaigns.db'])(
    'says so in one line when no folder can be made for the database: %s',
    async (file) => {
      expect(await campaigns(['serve'], inFile(file))).toEqual({
        code: 1,
        stdout: '',
        stderr: `campaigns: The database file "${file}" cannot be opened: no folder can be made in "/proc".\n`,
      });
    },
  );

  const [small, other] = [mountedDisk('size=16k'), mountedDisk('size=8m')];

  it.skipIf(small === null)(
    'says so in one line when the disk is full (skipped where no disk can be mounted)',
    async () => {
      const { code, stdout, stderr } = await campaigns(['serve'], inFile(join(small ?? '', 'campaigns.db')));
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^campaigns: The database [^\n]+: the disk is full\.[^\n]*\n$/);
    },
  );

  it.skipIf(other === null)(
    'says so in one line when the disk is read-only (skipped where no disk can be mounted)',
    async () => {
      const there = inFile(join(other ?? '', 'campaigns.db'));
      expect((await campaigns(['migrate'], there)).code).toBe(0);
      execFileSync('mount', ['-o', 'remount,ro', other ?? '']);
      for (const settings of [there, inFile(join(other ?? '', 'new', 'campaigns.db'))]) {
        const { code, stdout, stderr } = await campaigns(['serve'], settings);
        expect([code, stdout]).toEqual([1, '']);
        expect(stderr).toMatch(/^campaigns: The database file [^\n]+: the file or its folder is read-only\.\n$/);
      }
    },
    60_000,
  );

  it.runIf(process.getuid?.() === 0)('names the file beside the database that another user has left', async () => {
    const own = temporaryFolder();
    const there = join(own, 'campaigns.db');
    expect((await campaigns(['migrate'], inFile(there))).code).toBe(0);
    const nobody = { uid: 65_534, gid: 65_534 };
    for (const path of [own, there]) chownSync(path, nobody.uid, nobody.gid);
    writeFileSync(`${there}-wal`, '');
    expect(await campaigns(['serve'], inFile(there), '', nobody)).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: The database file "${there}" cannot be opened: this user may not write to "${there}-wal". Give that file the owner of the database file.\n`,
    });
  });

  it('says so in one line when this user may not write to the file', async () => {
    const own = temporaryFolder();
    const there = join(own, 'campaigns.db');
    expect((await campaigns(['migrate'], inFile(there))).code).toBe(0);
    chmodSync(there, 0o444);
    // Root can write to read-only folders too, so the user "nobody" owns the folder instead.
    const root = process.getuid?.() === 0;
    const nobody = { uid: 65_534, gid: 65_534 };
    if (root) chownSync(own, nobody.uid, nobody.gid);
    const { code, stdout, stderr } = await campaigns(['serve'], inFile(there), '', root ? nobody : {});
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      `campaigns: The database file "${there}" cannot be opened: this user may not write to "${there}".\n`,
    ]);
  });
});
