import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listTokens } from '../../src/access/administration.ts';
import { prepareDemo } from '../../src/commands/demo.ts';
import { DEMO_USER } from '../../src/snapshot/demo.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { source, withMember } from '../support/changed-fixture.ts';
import { runCommand } from '../support/command.ts';
import { newPlace, openAt } from '../support/engine.ts';
import { FIXTURE, fixture, found } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile } from '../support/program.ts';

const folder = temporaryFolder();

describe('loading', () => {
  it('brings in a whole snapshot', async () => {
    const { settings } = await newPlace();
    expect(await runCommand(['load', FIXTURE], settings)).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Loaded 5 workspaces, 58 groups and 1236 campaigns, deleted ones included.\n',
    });
    const again = await runCommand(['load', FIXTURE], settings);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain(
      'The database is not empty: it has the workspace "Nyota Health". Load into a new one',
    );
  });

  it('counts in words that fit the numbers', async () => {
    const [workspace] = fixture.workspaces;
    const lists = { users: [], memberships: [], tokens: [], groups: [], campaigns: [] };
    const file = join(folder, 'one.json');
    writeFileSync(file, JSON.stringify({ format: 1, workspaces: [workspace], ...lists }));
    const { stderr } = await runCommand(['load', file], (await newPlace()).settings);
    expect(stderr).toBe('Loaded 1 workspace, 0 groups and 0 campaigns, deleted ones included.\n');
  });

  it('reads standard input as well', async () => {
    const { code, stderr } = await campaigns(['load', '-'], (await newPlace()).settings, source);
    expect([code, stderr]).toEqual([0, expect.stringContaining('Loaded 5 workspaces')]);
  });

  it.each([
    ['an unknown file', 'no-such.json', 'campaigns: There is no file or folder "no-such.json".\n'],
    ['a folder', 'src', 'campaigns: "src" is a folder; name a file.\n'],
  ])('refuses %s in one line', async (_what, file, message) => {
    expect(await runCommand(['load', file], inFile(join(folder, 'refused.db')))).toEqual({
      code: 1,
      stdout: '',
      stderr: message,
    });
  });

  it('refuses what is not JSON in one line, and names the file', async () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'notes');
    const { code, stderr } = await runCommand(['load', file], inFile(join(folder, 'refused.db')));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^campaigns: "[^"]+notes\.txt" was not loaded\. It is not JSON: [^\n]+\n$/);
    expect(existsSync(join(folder, 'refused.db'))).toBe(false);
  });

  it('says where a wrong row is, and leaves the database empty', async () => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, withMember('campaigns', 1200, 'created_on', 'yesterday'));
    const { settings } = await newPlace();
    const { code, stdout, stderr } = await runCommand(['load', file], settings);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^campaigns: "[^"]+" was not loaded\. campaigns\[1200\]\.created_on is "yesterday": it must be a time [^\n]+\n$/,
    );
    expect((await runCommand(['load', FIXTURE], settings)).code).toBe(0);
  });
});

it('loads nothing when the database refuses a row that no check has refused', async () => {
  const database = openAt((await newPlace()).address);
  await database.migrate();
  const [campaign] = fixture.campaigns;
  if (!campaign) throw new Error('the fixture has campaigns');
  const broken = {
    ...fixture,
    campaigns: [...fixture.campaigns, { ...campaign, id: 1e6, uuid: null as never, is_active: 0 as const }],
  };
  await expect(loadSnapshot(database, broken)).rejects.toThrow(
    /NOT NULL constraint failed|violates not-null constraint/,
  );
  expect(await database.reader.db.selectFrom('workspaces').selectAll().execute()).toEqual([]);
  await database.close();
});

it('fills a database with the demo once when several servers start at the same time, and each gets a token', async () => {
  const { address } = await newPlace('tables');
  const servers = Array.from({ length: 4 }, () => openAt(address));
  const keys = await Promise.all(servers.map((database) => prepareDemo(database)));
  expect(new Set(keys.filter((key) => key !== null)).size).toBe(4);
  const users = await servers[0]?.reader.db
    .selectFrom('users')
    .select('email')
    .where('email', '=', DEMO_USER)
    .execute();
  expect(users).toHaveLength(1);
  // A token of the demo stops working by itself, because nobody revokes it.
  const week = Date.now() + 7 * 86_400_000;
  for (const { expiresOn } of await listTokens(found(servers, () => true))) {
    expect(Math.abs(Number(expiresOn) / 1000 - week)).toBeLessThan(60_000);
  }
  for (const database of servers) await database.close();
});
