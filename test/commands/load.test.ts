import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import { SnapshotError } from '../../src/snapshot/format.ts';
import { loadBatches, loadSnapshot } from '../../src/snapshot/load.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { runCommand } from '../support/command.ts';
import { FIXTURE, fixture } from '../support/fixture.ts';
import { temporaryFolder } from '../support/folder.ts';
import { campaigns, inFile } from '../support/program.ts';
import { chunksOf } from '../support/snapshot.ts';
import { openEmptyDatabase } from '../support/world.ts';

const folder = temporaryFolder();
const source = readFileSync(FIXTURE, 'utf8');
const empty = await openEmptyDatabase();

type Lists = Record<string, Record<string, unknown>[]>;

/** The fixture with something changed in it. */
function changed(change: (lists: Lists) => void): string {
  const lists = JSON.parse(source) as Lists;
  change(lists);
  return JSON.stringify(lists);
}

/** The fixture with one member of one row changed, or removed where the value is undefined. */
const withMember = (list: string, place: number, member: string, value: unknown) =>
  changed((lists) => Object.assign(lists[list]?.[place] ?? {}, { [member]: value }));

async function refusal(text: string): Promise<string> {
  try {
    await loadBatches(empty, readSnapshot(chunksOf(text, 1_000)));
  } catch (error) {
    if (error instanceof SnapshotError) return error.message;
    throw error;
  }
  throw new Error('it was loaded');
}

describe('loading', () => {
  it('brings in a whole snapshot', async () => {
    const settings = inFile(join(folder, 'whole.db'));
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

  it('reads standard input as well', async () => {
    const { code, stderr } = await campaigns(['load', '-'], inFile(join(folder, 'stdin.db')), source);
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
    const database = join(folder, 'still-empty.db');
    const { code, stdout, stderr } = await runCommand(['load', file], inFile(database));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^campaigns: "[^"]+" was not loaded\. campaigns\[1200\]\.created_on is "yesterday": it must be a time [^\n]+\n$/,
    );
    expect((await runCommand(['load', FIXTURE], inFile(database))).code).toBe(0);
  });
});

const firstUuid = fixture.workspaces[0]?.uuid ?? '';

describe('a wrong row is named by its list, its place and its member', () => {
  it.each([
    ['workspaces', 1, 'uuid', 'x', 'must be a UUID'],
    ['workspaces', 1, 'uuid', firstUuid, 'must be unique, and workspaces[0] has the same'],
    ['workspaces', 1, 'uuid', firstUuid.toUpperCase(), 'must be unique, and workspaces[0] has the same'],
    ['workspaces', 1, 'name', '', 'must be text that is not empty'],
    ['groups', 5, 'id', 1, 'must be unique, and groups[0] has the same'],
    ['users', 2, 'email', null, 'must be text that is not empty'],
    ['users', 2, 'email', 'admin@nyota.example', 'must be unique, and users[0] has the same'],
    ['users', 2, 'is_active', 1, 'must be true or false'],
    ['memberships', 3, 'role', 'owner', 'must be one of administrator, editor, agent, viewer'],
    ['memberships', 3, 'user_id', 999, 'must be the id of one of the users'],
    ['tokens', 4, 'workspace_id', 999, 'must be the id of one of the workspaces'],
    ['tokens', 4, 'key', undefined, 'must be given, or "hash" with the SHA-256 of a key in hexadecimal'],
    ['tokens', 4, 'expires_on', 'soon', 'must be a time'],
    ['tokens', 4, 'last_used_on', 7, 'must be a time'],
    ['groups', 5, 'kind', 'clever', 'must be one of manual, smart, status'],
    ['groups', 5, 'status', 'fine', 'must be one of initializing, evaluating, ready, invalid'],
    ['groups', 5, 'count', -1, 'must be a whole number from 0'],
    ['tokens', 4, 'name', 'a\0b', 'must be text'],
    ['tokens', 4, 'name', 'half \ud800', 'must be text'],
    ['groups', 5, 'query', 7, 'must be text or null'],
    ['groups', 5, 'query', 'half \ud800', 'must be text or null'],
    ['groups', 5, 'query', 'a\0b', 'must be text or null'],
    ['groups', 30, 'name', ' padded ', 'must have 1 to 64 characters'],
    ['campaigns', 0, 'id', 1.5, 'must be a whole number from 1'],
    ['campaigns', 0, 'id', '101', 'must be a whole number from 1'],
    ['campaigns', 0, 'uuid', undefined, 'must be a UUID'],
    ['campaigns', 0, 'group_id', 999, 'must be the id of a group of the same workspace'],
    ['campaigns', 0, 'group_id', 6, 'must be the id of a group of the same workspace'],
    ['campaigns', 0, 'is_archived', 'no', 'must be true or false'],
    ['campaigns', 0, 'created_on', '2024-02-30T00:00:00Z', 'must be a time'],
    ['campaigns', 0, 'created_on', '9999-01-01T00:00:00Z', 'from 1 to 2255'],
    ['campaigns', 0, 'name', 'x'.repeat(65), 'must have 1 to 64 characters'],
    ['campaigns', 0, 'name', 'a"b', 'must have 1 to 64 characters, no " or \\'],
    ['campaigns', 0, 'name', 'half \ud800', 'must be text'],
    ['campaigns', 0, 'name', 'a\0b', 'must be text'],
  ] as const)('%s[%i].%s of %j', async (list, place, member, value, right) => {
    const message = await refusal(withMember(list, place, member, value));
    expect(message).toContain(`${list}[${place}].${member} is `);
    expect(message).toContain(right);
    expect(await empty.reader.db.selectFrom('workspaces').selectAll().execute()).toEqual([]);
  });

  it.each([
    ['no list of campaigns', changed((lists) => delete lists['campaigns']), '"campaigns" is missing.'],
    ['a list that is none', changed((lists) => Object.assign(lists, { groups: {} })), '"groups" is not a list.'],
    [
      'a row that is none',
      changed((lists) => lists['groups']?.splice(3, 1, null as never)),
      'groups[3] is not an object.',
    ],
    ['a list of lists', '[]', 'It must be one JSON object of lists.'],
    ['another format', '{"format": 2}', '"format" is 2; this release reads format 1.'],
    ['no format', '{}', '"format" is undefined; this release reads format 1.'],
  ])('and so is %s', async (_what, text, message) => {
    expect(await refusal(text)).toBe(message);
  });

  it('and a name that another has in another case', async () => {
    const twice = changed((lists) => {
      const rows = lists['groups'] ?? [];
      const last = rows.findLastIndex((row) => row['workspace_id'] === 2 && row['is_active'] === true);
      Object.assign(rows[last] ?? {}, { name: 'SPAMMERS' });
    });
    expect(await refusal(twice)).toMatch(
      /^groups\[\d+\]\.name is "SPAMMERS": it must be unique, and groups\[\d+\] has the same\.$/,
    );
  });

  it('but never with the key of a token', async () => {
    const { tokens = [] } = JSON.parse(source) as Lists;
    const message = await refusal(
      changed((lists) => Object.assign(lists['tokens']?.[3] ?? {}, { key: tokens[0]?.['key'] })),
    );
    expect(message).toMatch(/^tokens\[3\]\.key is /);
    expect(message).not.toContain(tokens[0]?.['key']);
  });
});

it('loads nothing when the database refuses a row that no check has refused', async () => {
  const file = join(folder, 'foreseen.db');
  const database = openSqlite(file);
  await database.migrate();
  const [campaign] = fixture.campaigns;
  if (!campaign) throw new Error('the fixture has campaigns');
  const broken = {
    ...fixture,
    campaigns: [...fixture.campaigns, { ...campaign, id: 1e6, uuid: null as never, is_active: 0 as const }],
  };
  await expect(loadSnapshot(database, broken)).rejects.toThrow('NOT NULL constraint failed');
  expect(await database.reader.db.selectFrom('workspaces').selectAll().execute()).toEqual([]);
  await database.close();
});
