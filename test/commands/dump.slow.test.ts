import Sqlite from 'better-sqlite3';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMAT } from '../../src/snapshot/format.ts';
import { clientFor } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { mountedDisk } from '../support/disk.ts';
import type { TokenName } from '../support/fixture.ts';
import { FIXTURE, fixture, tokenKey } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import type { Outcome } from '../support/program.ts';
import { campaigns, inFile, serve } from '../support/program.ts';

const folder = temporaryFolder();
const [first, second] = [inFile(join(folder, 'first.db')), inFile(join(folder, 'second.db'))];
const [dumped, dumpedAgain] = [join(folder, 'first.json'), join(folder, 'second.json')];

const EVERYTHING = `query ($campaigns: String, $groups: String) {
  viewer { user { email } role workspace { uuid name } }
  campaigns(first: 250, after: $campaigns, filter: { archived: null }) {
    totalCount
    edges { cursor node { id uuid name archived createdOn modifiedOn group { id } } }
    pageInfo { hasNextPage endCursor }
  }
  groups(first: 250, after: $groups) {
    edges { cursor node { id uuid name query status system contactCount createdOn } }
  }
}`;

interface Everything {
  readonly campaigns: { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string } };
}

/** All data that GraphQL shows to each caller, read page by page. */
async function everything(url: string, callers: readonly TokenName[]): Promise<Everything[]> {
  const pages: Everything[] = [];
  for (const caller of callers) {
    let after: string | null = null;
    do {
      const page: Everything = await clientFor(url, caller).data<Everything>(EVERYTHING, { campaigns: after });
      pages.push(page);
      after = page.campaigns.pageInfo.hasNextPage ? page.campaigns.pageInfo.endCursor : null;
    } while (after !== null);
  }
  return pages;
}

it('writes a snapshot that, once loaded, gives the same answers and the same snapshot', async () => {
  const callers: TokenName[] = ['admin', 'viewer', 'admin2', 'both2', 'admin3', 'admin4', 'editor5'];
  expect((await runCommand(['load', FIXTURE], first)).code).toBe(0);

  // The dump must also hold what has changed since the load.
  const before = await serve({ ...first, RATE_LIMIT: 'off' });
  const editor = clientFor(before.url, 'editor2');
  await editor.data(`mutation {
    createGroup(input: { name: "Été" }) { userErrors { code } }
    one: createCampaign(input: { name: "Made since", group: { name: "été" } }) { userErrors { code } }
  }`);
  const answers = await everything(before.url, callers);
  expect(await before.stop()).toBe(0);

  expect(await runCommand(['dump', dumped], first)).toEqual({
    code: 0,
    stdout: '',
    stderr: `Wrote ${fixture.workspaces.length} workspaces, ${fixture.groups.length + 1} groups and ${fixture.campaigns.length + 1} campaigns, deleted ones included, to "${dumped}".\n`,
  });
  expect((await runCommand(['load', dumped], second)).code).toBe(0);
  const after = await serve({ ...second, RATE_LIMIT: 'off' });
  expect(await everything(after.url, callers)).toEqual(answers);
  expect((await clientFor(after.url, 'revoked').ask('{ viewer { role } }')).status).toBe(401);
  expect(await after.stop()).toBe(0);

  expect((await runCommand(['dump', dumpedAgain], second)).code).toBe(0);
  expect(readFileSync(dumpedAgain, 'utf8')).toBe(readFileSync(dumped, 'utf8'));
  expect(await campaigns(['dump', '-'], second)).toEqual({
    code: 0,
    stdout: readFileSync(dumped, 'utf8'),
    stderr: '',
  });
});

it('holds deleted rows as well, and no key of a token', () => {
  const text = readFileSync(dumped, 'utf8');
  const lists = JSON.parse(text) as Record<string, unknown[]>;
  expect(lists['campaigns']).toHaveLength(fixture.campaigns.length + 1);
  expect(lists['groups']).toHaveLength(fixture.groups.length + 1);
  expect(fixture.tokens.filter(({ key = '' }) => text.includes(key))).toEqual([]);
  expect(text).not.toContain(tokenKey('admin'));
});

it.each([
  ['a folder that there is not', 'no-such/dump.json', 'campaigns: There is no file or folder "no-such".\n'],
  ['a folder', 'src', 'campaigns: "src" is a folder; name a file.\n'],
])('refuses %s in one line, and leaves nothing behind', async (_what, file, message) => {
  expect(await runCommand(['dump', file], second)).toEqual({ code: 1, stdout: '', stderr: message });
  expect(existsSync(`${file}.part`)).toBe(false);
});

/** Runs a line of Bash, in which `dump` stands for the command. */
function bash(line: string, settings = second): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      'bash',
      ['-c', `dump() { "${process.execPath}" src/main.ts dump "$@"; }; ${line}`],
      { env: { ...process.env, ...settings } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** A database with one workspace of this name, which is too long for a new workspace. Returns the setting with its address. */
async function databaseNamed(name: string) {
  const own = temporaryFolder();
  const [snapshot, settings] = [join(own, 'snapshot.json'), inFile(join(own, 'campaigns.db'))];
  const workspaces = [{ id: 1, uuid: '4ff9a9ef-8d28-4aa7-9c22-5a5c0f1ac5d2', name }];
  const nothing = { users: [], memberships: [], tokens: [], groups: [], campaigns: [] };
  writeFileSync(snapshot, JSON.stringify({ format: FORMAT, workspaces, ...nothing }));
  expect((await runCommand(['load', snapshot], settings)).code).toBe(0);
  return settings;
}

describe('a dump to what is no regular file', () => {
  it('goes through a named pipe to its reader, and leaves the pipe', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [{ code }, read] = await Promise.all([runCommand(['dump', pipe], second), readFile(pipe, 'utf8')]);
    expect([code, lstatSync(pipe).isFIFO()]).toEqual([0, true]);
    expect(read).toBe(readFileSync(dumped, 'utf8'));
  });

  it('goes to a process that Bash substitutes', async () => {
    const copy = join(temporaryFolder(), 'copy.json');
    expect((await bash(`dump >(cat >"${copy}")`)).code).toBe(0);
    await expect.poll(() => existsSync(copy) && readFileSync(copy, 'utf8')).toBe(readFileSync(dumped, 'utf8'));
  });

  it('ends in one line when the reader of a named pipe goes away', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await bash(`true <"${pipe}" & dump "${pipe}"`)).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: "${pipe}" was closed by its reader before all was written.\n`,
    });
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });
});

describe('a dump to a symbolic link', () => {
  it.each([
    ['a file', 'old.json', 'old.json'],
    ['a file that does not exist yet', 'new.json', 'new.json'],
    ['such a file, through a second link', 'link.json', 'missing.json'],
  ])('writes what it leads to, and leaves the link: %s', async (_what, name, written) => {
    const own = temporaryFolder();
    const targets = join(own, 'targets');
    mkdirSync(targets);
    writeFileSync(join(targets, 'old.json'), 'old');
    symlinkSync('missing.json', join(targets, 'link.json'));
    const link = join(own, 'snapshot.json');
    symlinkSync(join('targets', name), link);
    expect((await runCommand(['dump', link], second)).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(targets, written), 'utf8')).toBe(readFileSync(dumped, 'utf8'));
    expect([readdirSync(own), readdirSync(targets).filter((file) => file.endsWith('.part'))]).toEqual([
      ['snapshot.json', 'targets'],
      [],
    ]);
  });

  it('says so in one line when links lead to each other', async () => {
    const link = join(temporaryFolder(), 'link');
    symlinkSync('link', link);
    expect(await runCommand(['dump', link], second)).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: "${link}" cannot be used: its symbolic links lead in a circle.\n`,
    });
  });
});

describe('a dump to standard output', () => {
  it('ends in one line when nobody reads on', async () => {
    expect(await bash('dump - | true; exit ${PIPESTATUS[0]}')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'campaigns: "standard output" was closed by its reader before all was written.\n',
    });
  });

  const disk = mountedDisk('size=4k');

  it.skipIf(disk === null)(
    'ends in one line when the disk is full (skipped where no disk can be mounted)',
    async () => {
      expect(await bash(`dump - >"${disk}/snapshot.json"`)).toEqual({
        code: 1,
        stdout: '',
        stderr: 'campaigns: "standard output" cannot be written: the disk is full.\n',
      });
    },
  );

  it.skipIf(disk === null)(
    'does not lose its end when the disk has room for some of the last piece (skipped where no disk can be mounted)',
    async () => {
      const shortest = await databaseNamed('x');
      const { length } = (await bash('dump -', shortest)).stdout;
      // The disk accepts the first 4,096 bytes. The last part, "\n}\n", begins one byte before the end of these.
      const settings = await databaseNamed('x'.repeat(1 + 4_098 - length));
      expect((await bash('dump -', settings)).stdout).toHaveLength(4_098);
      expect(await bash(`dump - >"${disk}/snapshot.json"`, settings)).toMatchObject({
        code: 1,
        stderr: 'campaigns: "standard output" cannot be written: the disk is full.\n',
      });
    },
  );
});

it('of a database that does not exist is refused, makes nothing, and leaves the old snapshot as it is', async () => {
  const own = temporaryFolder();
  const snapshot = join(own, 'snapshot.json');
  writeFileSync(snapshot, 'old');
  const missing = join(own, 'data', 'missing.db');
  for (const target of [snapshot, '-']) {
    expect(await runCommand(['dump', target], inFile(missing))).toEqual({
      code: 1,
      stdout: '',
      stderr: `campaigns: There is no database file "${missing}". DATABASE_URL must name one that exists.\n`,
    });
  }
  expect([readdirSync(own), readFileSync(snapshot, 'utf8')]).toEqual([['snapshot.json'], 'old']);
});

it('of a database of something else is refused, makes nothing in it, and leaves the old snapshot as it is', async () => {
  const own = temporaryFolder();
  const snapshot = join(own, 'snapshot.json');
  writeFileSync(snapshot, 'old');
  const file = join(own, 'other.db');
  const other = new Sqlite(file);
  other.exec('create table accounts (id integer)');
  other.close();
  for (const command of [
    ['dump', snapshot],
    ['token', 'list'],
  ]) {
    expect(await runCommand(command, inFile(file))).toEqual({
      code: 1,
      stdout: '',
      stderr: 'campaigns: The database has no tables of campaigns. DATABASE_URL must name one that has them.\n',
    });
  }
  const tables = new Sqlite(file, { readonly: true }).prepare('select name from sqlite_schema').pluck().all();
  expect([tables, readFileSync(snapshot, 'utf8')]).toEqual([['accounts'], 'old']);
});
