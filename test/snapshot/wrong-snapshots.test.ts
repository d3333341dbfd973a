import { describe, expect, it } from 'vitest';
import { MAX_BATCH, SnapshotError } from '../../src/snapshot/format.ts';
import { loadBatches } from '../../src/snapshot/load.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import type { Lists } from '../support/changed-fixture.ts';
import { changed, source, withMember } from '../support/changed-fixture.ts';
import { fixture, found } from '../support/fixture.ts';
import { chunksOf } from '../support/snapshot.ts';
import { openEmptyDatabase } from '../support/world.ts';

const empty = await openEmptyDatabase();

/** The error message when the text is loaded in chunks of this length. */
async function refusal(text: string | Uint8Array, length = 1_000): Promise<string> {
  try {
    await loadBatches(empty, readSnapshot(chunksOf(text, length)));
  } catch (error) {
    if (error instanceof SnapshotError) return error.message;
    throw error;
  }
  throw new Error('it was loaded');
}

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
    ['memberships', 3, 'role', 'owner', 'must be one of administrator, editor, viewer, agent'],
    ['memberships', 3, 'user_id', 999, 'must be the id of one of the users'],
    ['tokens', 4, 'workspace_id', 999, 'must be the id of one of the workspaces'],
    ['tokens', 4, 'key', undefined, 'must be given, or "hash" with the SHA-256 of a key in hexadecimal'],
    ['tokens', 4, 'expires_on', 'soon', 'from 1684 to 2255, or null'],
    ['tokens', 4, 'last_used_on', 7, 'must be a time'],
    ['groups', 5, 'kind', 'clever', 'must be one of manual, smart, status'],
    ['groups', 5, 'status', 'fine', 'must be one of initializing, evaluating, ready, invalid'],
    ['groups', 5, 'count', -1, 'must be a whole number from 0'],
    ['groups', 5, 'count', 2 ** 31, 'must be a whole number from 0 to 2147483647'],
    ['tokens', 4, 'name', 'a\0b', 'must be text'],
    ['tokens', 4, 'name', 'half \ud800', 'must be text'],
    ['groups', 5, 'query', 7, 'must be text, or null'],
    ['groups', 5, 'query', 'half \ud800', 'must be text, or null'],
    ['groups', 5, 'query', 'a\0b', 'must be text, or null'],
    ['campaigns', 0, 'id', 1.5, 'must be a whole number from 1'],
    ['campaigns', 0, 'id', '101', 'must be a whole number from 1'],
    ['campaigns', 0, 'id', 2 ** 53 - 1, 'must be a whole number from 1 to 4503599627370496'],
    ['campaigns', 0, 'uuid', undefined, 'must be a UUID'],
    ['campaigns', 0, 'group_id', 999, 'must be the id of a group of the same workspace'],
    ['campaigns', 0, 'group_id', 6, 'must be the id of a group of the same workspace'],
    [
      'campaigns',
      0,
      'group_id',
      35,
      'must be the id of a group that is not deleted, because the campaign is not archived',
    ],
    ['campaigns', 0, 'is_archived', 'no', 'must be true or false'],
    ['campaigns', 0, 'created_on', '2024-02-30T00:00:00Z', 'must be a time'],
    ['campaigns', 0, 'created_on', '9999-01-01T00:00:00Z', 'from 1684 to 2255'],
    ['campaigns', 0, 'name', null, 'must be text'],
    ['campaigns', 0, 'name', 'half \ud800', 'must be text'],
    ['campaigns', 0, 'name', 'a\0b', 'must be text'],
    ['campaigns', 0, 'name', 'x'.repeat(513), 'must be text of at most 512 characters'],
    ['groups', 0, 'name', 'x'.repeat(513), 'must be text of at most 512 characters'],
  ] as const)('%s[%i].%s of %j', async (list, place, member, value, right) => {
    const message = await refusal(withMember(list, place, member, value));
    expect(message).toContain(`${list}[${place}].${member} is `);
    expect(message).toContain(right);
    expect(await empty.reader.db.selectFrom('workspaces').selectAll().execute()).toEqual([]);
  });

  it.each([
    ['a list that is there twice', source.replace('"users":', '"workspaces":'), '"workspaces" occurs twice.'],
    [
      'a list that comes too early',
      source.replace('"groups":', '"campaigns":'),
      '"groups" is missing before "campaigns": the lists must be in the order workspaces, users, memberships, tokens, groups, campaigns.',
    ],
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

  it.each([
    ['a text of another kind', 'notes', 'It is not JSON: "o" is unexpected at line 1, column 2.'],
    ['an empty text', '', 'It is not JSON: it ends too early, at line 1, column 1.'],
    ['half a text', '{"format": 1,\n"workspaces": [', 'It is not JSON: it ends too early, at line 2, column 16.'],
    ['two texts', '{"format": 1}\n{}', 'It is not JSON: "{" is unexpected at line 2, column 1.'],
    [
      'a comma too many',
      '{"format": 1,\n"workspaces": [\n  {"name": "Été",}]}',
      'It is not JSON: "}" is unexpected at line 3, column 18.',
    ],
    [
      'another alphabet',
      Buffer.from('{"format": 1,\n"workspaces": [{"name": "\xe9t\xe9 "}]}', 'latin1'),
      'It is not JSON: it is not in UTF-8, at line 2 or later.',
    ],
  ])('and so is %s, with its line', async (_what, text, message) => {
    for (const length of [1, 5, 1_000]) expect(await refusal(text, length)).toBe(message);
  });

  describe('and so is a value that an earlier row has', () => {
    const campaigns = fixture.campaigns.toSorted((one, other) => one.id - other.id);
    const last = campaigns.length - 1;
    const first = campaigns.findIndex(({ is_active }) => is_active === 1);
    /** The fixture with its campaigns in ascending (1) or descending (-1) order of id, and with a changed field in the last one. */
    const ordered = (direction: 1 | -1, change: object) =>
      changed((lists) => {
        lists['campaigns']?.sort((one, other) => direction * (Number(one['id']) - Number(other['id'])));
        Object.assign(lists['campaigns']?.[last] ?? {}, change);
      });

    it.each(['id', 'uuid', 'name'] as const)('which is far away: its %s', async (member) => {
      const { workspace_id, group_id, [member]: value } = found(campaigns, ({ is_active }) => is_active === 1);
      expect(last - first).toBeGreaterThan(MAX_BATCH);
      expect(await refusal(ordered(1, { workspace_id, group_id, is_active: true, [member]: value }))).toBe(
        `campaigns[${last}].${member} is ${JSON.stringify(value)}: it must be unique, and campaigns[${first}] has the same.`,
      );
    });

    it('which is named by its id where the rows are in no order', async () => {
      const { id, uuid, workspace_id, group_id } = campaigns[last] ?? {};
      expect(await refusal(ordered(-1, { uuid, workspace_id, group_id }))).toBe(
        `campaigns[${last}].uuid is "${uuid}": it must be unique, and the row with the id ${id} has the same.`,
      );
    });

    it('also where the other one is of another workspace', async () => {
      const place = fixture.groups.findIndex(({ workspace_id }) => workspace_id === 2);
      expect(await refusal(withMember('groups', place, 'id', 1))).toContain(
        `groups[${place}].id is 1: it must be unique, and groups[0] has the same`,
      );
    });
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

it('a byte order mark within a text stays', async () => {
  const names = ['\ufeffstart', 'mid\ufeffdle', 'end\ufeff', '\u00e9\ufeff', '\\ufeffescaped'];
  const read: unknown[] = [];
  for (const name of names) {
    const text = source.replace(/"name": "[^"]+"/, `"name": "${name}"`);
    const [batch] = await Array.fromAsync(readSnapshot(chunksOf(text, 1_000)));
    const [row] = batch?.rows ?? [];
    read.push(row && 'name' in row ? row.name : row);
  }
  expect(read).toEqual(names.map((name) => name.replace('\\ufeff', '\ufeff')));
});
