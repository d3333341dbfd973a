import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { backupDatabase } from '../../src/database/open.ts';
import { clientFor } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { mountedDisk } from '../support/disk.ts';
import { FIXTURE } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const CREATE = `mutation ($name: String!) {
  createCampaign(input: { name: $name, group: { name: "Vets" } }) { campaign { uuid } userErrors { code } }
}`;
const SOUND = { code: 0, stdout: 'The database is sound.\n', stderr: '' };

/** A database with the contract's fixture, in a folder of its own. */
async function filled(): Promise<{ file: string; settings: Record<string, string> }> {
  const file = join(temporaryFolder(), 'campaigns.db');
  const settings = { ...inFile(file), RATE_LIMIT: 'off' };
  expect((await runCommand(['load', FIXTURE], settings)).code).toBe(0);
  return { file, settings };
}

/** Runs SQL on the file, with constraints turned off. */
function damage(file: string, sql: string): void {
  const database = new Sqlite(file);
  database.pragma('foreign_keys = off');
  database.exec(sql);
  database.close();
}

describe('a backup', () => {
  it('of a database that is written to all the time is sound, and has what was acknowledged before', async () => {
    const { file, settings } = await filled();
    // Large enough for several steps, so that the server writes between them.
    damage(file, 'create table filler as select zeroblob(40000000) as bytes');
    const server = await serve(settings);
    const client = clientFor(server.url, 'admin2');
    const acknowledged: string[] = [];
    let written = 0;
    const stop = new AbortController();
    const writers = Array.from({ length: 4 }, async (_nothing, writer) => {
      while (!stop.signal.aborted) {
        const name = `Writer ${writer}, ${(written += 1)}`;
        expect((await client.ask(CREATE, { name })).status).toBe(200);
        acknowledged.push(name);
      }
    });
    while (acknowledged.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    const [names, start] = [[...acknowledged], written];
    const copy = join(temporaryFolder(), 'copy.db');
    expect(await campaigns(['backup', copy], settings)).toEqual({
      code: 0,
      stdout: '',
      stderr: `Copied the database to "${copy}".\n`,
    });
    expect(written).toBeGreaterThan(start + 20);
    stop.abort();
    await Promise.all(writers);
    await server.stop();

    expect(readdirSync(dirname(copy))).toEqual(['copy.db']);
    expect(await runCommand(['check', copy])).toEqual(SOUND);
    const restored = new Sqlite(copy);
    const there = new Set(restored.prepare<[], string>('select name from campaigns').pluck().all());
    restored.close();
    expect(names.filter((name) => !there.has(name))).toEqual([]);
  }, 60_000);

  it('is of the moment when it began, however often somebody writes meanwhile', async () => {
    const { file } = await filled();
    damage(file, 'create table filler as select zeroblob(40000000) as bytes; create table meanwhile (step integer)');
    const other = new Sqlite(file);
    const copy = `${file}.copy`;
    let steps = 0;
    await backupDatabase({ engine: 'sqlite', file }, copy, () => {
      // A backup that starts again after each write would never end.
      if ((steps += 1) > 50) throw new Error('the backup does not end');
      other.prepare('insert into meanwhile values (?)').run(steps);
    });
    other.close();
    expect(steps).toBeGreaterThan(5);
    const copied = new Sqlite(copy, { readonly: true });
    expect(copied.prepare('select * from meanwhile').all()).toEqual([]);
    copied.close();
  });

  it('does not migrate the database that it copies, and leaves it as it is', async () => {
    const { file, settings } = await filled();
    damage(file, "insert into kysely_migration (name, timestamp) values ('9999-later', '2040')");
    const bytes = readFileSync(file);
    const copy = `${file}.copy`;
    expect((await runCommand(['backup', copy], settings)).code).toBe(0);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(statSync(copy).size).toBe(bytes.length);
  });

  it.each([
    ['a file that exists', (file: string) => file, 'exists already'],
    ['a folder that does not exist', (file: string) => join(dirname(file), 'nowhere', 'copy.db'), 'no file or folder'],
  ])('is refused in one line: %s', async (_what, targetOf, words) => {
    const { file, settings } = await filled();
    const bytes = readFileSync(file);
    const { code, stdout, stderr } = await runCommand(['backup', targetOf(file)], settings);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^campaigns: [^\n]+\n$/);
    expect(stderr).toContain(words);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(existsSync(`${targetOf(file)}.part`)).toBe(false);
  });

  it.each(['-wal', '-shm', '-journal'])(
    'is refused beside %s of an older copy, which SQLite would read with it',
    async (end) => {
      const { file, settings } = await filled();
      const copy = `${file}.copy`;
      writeFileSync(`${copy}${end}`, 'old');
      const { code, stderr } = await runCommand(['backup', copy], settings);
      expect([code, stderr]).toEqual([
        1,
        `campaigns: "${copy}${end}" exists already. Name a new file, or remove that one first.\n`,
      ]);
      expect(existsSync(copy)).toBe(false);
    },
  );

  it('to - is refused, which is no name of a file', async () => {
    const { settings } = await filled();
    expect(await runCommand(['backup', '-'], settings)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'campaigns: backup does not write to standard output. Name a file, or use "campaigns dump -".\n',
    });
    expect(existsSync('-')).toBe(false);
  });

  it('of a database that does not exist is refused, and makes nothing', async () => {
    const folder = temporaryFolder();
    const missing = join(folder, 'missing.db');
    const { code, stderr } = await runCommand(['backup', join(folder, 'copy.db')], inFile(missing));
    expect([code, stderr]).toEqual([
      1,
      `campaigns: There is no database file "${missing}". DATABASE_URL must name one that exists.\n`,
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** Commands that only read, and write to no file but this one. */
const reading = (file: string) => [
  ['check'],
  ['backup', `${file}.copy`],
  ['dump', `${file}.json`],
  ['token', 'list'],
  ['webhook', 'list', '--workspace', 'Mto Farming'],
];

describe('commands that only read', () => {
  const isRoot = process.getuid?.() === 0;
  const nobody = { uid: 65_534, gid: 65_534 };

  it('leave no file beside a database that nobody uses', async () => {
    const { file, settings } = await filled();
    const target = join(temporaryFolder(), 'target');
    for (const command of reading(target)) {
      expect(await runCommand(command, settings)).toMatchObject({ code: 0 });
      expect(readdirSync(dirname(file))).toEqual(['campaigns.db']);
    }
  });

  it.runIf(isRoot)('leave none either as another user, so that the server’s user can still start', async () => {
    const { file, settings } = await filled();
    const target = join(temporaryFolder(), 'target');
    for (const path of [dirname(file), dirname(target)]) chmodSync(path, 0o777);
    for (const [mode, code] of [
      [0o666, 0],
      [0o644, 1],
    ] as const) {
      chmodSync(file, mode);
      for (const command of reading(`${target}${mode}`)) {
        const outcome = await campaigns(command, settings, '', nobody);
        expect([command, outcome.code]).toEqual([command, code]);
        if (code === 1) {
          expect(outcome.stderr).toBe(
            `campaigns: The database file "${file}" cannot be read: SQLite needs to make files beside it to read it, and this user may not write there. Use the user of the server, or read a copy in a folder of your own.\n`,
          );
        }
        expect(readdirSync(dirname(file))).toEqual(['campaigns.db']);
      }
    }
  });

  it.runIf(isRoot)('read the database of a server that runs as another user', async () => {
    const { file, settings } = await filled();
    const target = join(temporaryFolder(), 'target');
    for (const path of [dirname(file), dirname(target)]) chmodSync(path, path === dirname(file) ? 0o755 : 0o777);
    chmodSync(file, 0o644);
    const server = await serve(settings);
    for (const command of reading(target)) {
      expect(await campaigns(command, settings, '', nobody)).toMatchObject({ code: 0 });
    }
    expect((await clientFor(server.url, 'admin2').ask(CREATE, { name: 'Goes on' })).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it.runIf(isRoot)('write into a folder whose files they may not list', async () => {
    const { file, settings } = await filled();
    const target = join(temporaryFolder(), 'target');
    chmodSync(dirname(file), 0o777);
    chmodSync(file, 0o666);
    chmodSync(dirname(target), 0o733);
    for (const command of reading(target)) {
      expect(await campaigns(command, settings, '', nobody)).toMatchObject({ code: 0 });
    }
    expect(readdirSync(dirname(target)).toSorted()).toEqual(['target.copy', 'target.json']);
  });

  it.runIf(isRoot)('are told that only the server’s user may read a new database', async () => {
    const { file, settings } = await filled();
    chmodSync(dirname(file), 0o755);
    expect(await campaigns(['check'], settings, '', nobody)).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: The database file "${file}" cannot be read: this user may not read it. Use the user of the server, or let its group read the file.\n`,
    });
  });

  const disk = mountedDisk('size=16m');

  it.skipIf(disk === null)(
    'read a backup on a disk that is read-only (skipped where no disk can be mounted)',
    async () => {
      const { settings } = await filled();
      const copy = join(disk ?? '', 'copy.db');
      const older = join(disk ?? '', 'older.db');
      expect((await runCommand(['backup', copy], settings)).code).toBe(0);
      expect((await runCommand(['backup', older], settings)).code).toBe(0);
      const sqlite = new Sqlite(older);
      sqlite.pragma('journal_mode = wal');
      sqlite.close();
      execFileSync('mount', ['-o', 'remount,ro', disk ?? '']);
      const target = join(temporaryFolder(), 'target');
      for (const command of reading(target)) {
        expect(await runCommand(command, inFile(copy))).toMatchObject({ code: 0 });
      }
      expect(await runCommand(['check', copy])).toEqual(SOUND);
      expect(await runCommand(['check', older])).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^campaigns: [^\n]+, or read a copy in a folder of your own\.\n$/),
      });
    },
  );
});

describe('check', () => {
  it.each([
    ['is not there', 'missing.db', 'There is no database file "FILE". FILE must name one that exists.'],
    ['is a folder', '', '"FILE" is a folder. FILE must name a file.'],
  ])('says that what it is to check %s', async (_what, name, message) => {
    const file = join(temporaryFolder(), name).replace(/[/]$/, '');
    expect(await runCommand(['check', file])).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: ${message.replace('FILE', file)}\n`,
    });
  });

  it('finds nothing wrong with a sound database, and changes nothing', async () => {
    const { file, settings } = await filled();
    const bytes = readFileSync(file);
    expect(await runCommand(['check'], settings)).toEqual(SOUND);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('finds damaged bytes', async () => {
    const { file, settings } = await filled();
    // Without the pages of the schema nothing could be read.
    const sqlite = new Sqlite(file, { readonly: true });
    const pages = sqlite.prepare<[], number>("select pageno from dbstat where name <> 'sqlite_schema'").pluck().all();
    sqlite.close();
    const handle = openSync(file, 'r+');
    // The rows of a page are in its second half.
    for (const page of pages) writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, (page - 1) * 4096 + 3_900);
    closeSync(handle);
    const { code, stdout, stderr } = await runCommand(['check'], settings);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.trim().split('\n').length).toBeGreaterThan(1);
    expect(stdout).not.toContain('sound');
  });

  it.each([
    [
      'a reference to nothing',
      'delete from users where id = (select max(user_id) from memberships)',
      /^\d+ rows of \w+ refer to rows of users that do not exist\n/,
    ],
    [
      'an index that lacks rows',
      `pragma writable_schema = on;
       update sqlite_schema set sql = replace(sql, 'where "is_active" = 1', 'where "is_active" = 0') where name = 'campaigns_name'`,
      /campaigns_name/,
    ],
    [
      'a newer schema',
      "insert into kysely_migration (name, timestamp) values ('9999-later', '2040')",
      /^The database has been migrated by a newer release \(it has "9999-later"\)\. Start that release or a later one with it\.\n$/,
    ],
    [
      'a campaign of a deleted group',
      `update groups set is_active = 0 where id = (select group_id from campaigns where is_active = 1 and is_archived = 0);
       update list_counts set count = (
         select count(*) from groups
         where groups.workspace_id = list_counts.workspace_id and is_active = 1 and kind <> 'status'
       ) where list = 'groups'`,
      /^\d+ campaigns that are not archived belong to a group that is deleted\n$/,
    ],
    [
      'the length of a list that is wrong',
      "update list_counts set count = count + 1 where list = 'groups' and workspace_id = (select max(id) from workspaces)",
      /^1 kept lengths of lists are not the number of their rows\n$/,
    ],
    [
      'the length of a list that is missing',
      'delete from list_counts where rowid = (select max(rowid) from list_counts where parent_id > 0 and count > 0)',
      /^1 kept lengths of lists are not the number of their rows\n$/,
    ],
    [
      'a campaign that search does not find',
      'delete from campaigns_search where rowid = (select max(id) from campaigns where is_active = 1)',
      /^1 rows of campaigns are missing in their search index\n$/,
    ],
    [
      'an entry of the search index without a group',
      "insert into groups_search (rowid, search_key) values (1000000, 'nobody')",
      /^1 entries of the search index of groups have no row\n$/,
    ],
  ])('finds %s', async (_what, sql, line) => {
    const { file, settings } = await filled();
    const database = new Sqlite(file);
    database.unsafeMode();
    database.pragma('foreign_keys = off');
    database.exec(sql);
    database.close();
    const { code, stdout, stderr } = await runCommand(['check'], settings);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(line);
  });

  it.each([
    ['a text', 'notes '.repeat(1_000), 1, /cannot be read: it is not a SQLite database/],
    ['an empty file', '', 1, /^The database has no tables of campaigns\. "campaigns migrate" makes them\.\n$/],
  ])('says what is wrong with %s', async (_what, content, code, words) => {
    const file = join(temporaryFolder(), 'notes.db');
    writeFileSync(file, content);
    const outcome = await runCommand(['check', file]);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout + outcome.stderr).toMatch(words);
    expect((outcome.stdout + outcome.stderr).trim()).not.toContain('\n');
  });
});
