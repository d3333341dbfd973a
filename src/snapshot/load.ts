import type { Insertable, Kysely } from 'kysely';
import { hashKey } from '../access/token.ts';
import type { Database } from '../database/database.ts';
import { beginEpoch } from '../database/feed.ts';
import type { Tables, WorkspaceId } from '../database/tables.ts';
import { rebuildDerivedData } from '../model/derived-data.ts';
import { foldName, searchKey } from '../encoding/fold.ts';
import { parseName } from '../model/names.ts';
import { now } from '../model/time.ts';
import type { Row, Snapshot } from './format.ts';
import { SnapshotError, wrongMember } from './format.ts';

/** How many rows one statement writes. */
const CHUNK = 500;

/** Is called after each statement, with the number of rows written so far and of all rows. */
export type Progress = (written: number, total: number) => void;

/** Writes a snapshot into an empty database. When anything is wrong, nothing is written. Throws SnapshotError. */
export async function loadSnapshot(
  database: Database,
  snapshot: Snapshot,
  progress: Progress = () => {},
): Promise<void> {
  checkReferences(snapshot);
  checkUnique(snapshot);
  const tables = toTables(snapshot);
  const total = Object.values(tables).reduce((sum, rows) => sum + rows.length, 0);
  let written = 0;
  await database.administer(async (session) => {
    const { db } = session;
    const filled = await db.selectFrom('workspaces').select('name').executeTakeFirst();
    if (filled) {
      throw new SnapshotError(
        `The database is not empty: it has the workspace "${filled.name}". Load into a new one (DATABASE_URL=file:PATH).`,
      );
    }
    for (const [table, rows] of Object.entries(tables)) {
      for (let start = 0; start < rows.length; start += CHUNK) {
        const chunk = rows.slice(start, start + CHUNK);
        await insert(db, table as Filled, chunk);
        written += chunk.length;
        progress(written, total);
      }
    }
    await rebuildDerivedData(session);
    // What readers know of the changes of this database is not about the loaded data.
    await beginEpoch(session);
  });
}

/**
 * The tables that a snapshot fills. The lengths of lists are counted afterwards, and there are no results of writes, no
 * changes and no webhooks, because they are for clients of the old server.
 */
type Filled = Exclude<
  keyof Tables,
  'list_counts' | 'idempotency_keys' | 'changes' | 'feed' | 'webhooks' | 'webhook_failures'
>;

type TableRows = { [Table in Filled]: Insertable<Tables[Table]>[] };

async function insert(db: Kysely<Tables>, table: Filled, rows: TableRows[Filled]): Promise<void> {
  // Kysely cannot know that the rows belong to this table. They do, because `toTables` made them.
  await db.insertInto(table).values(rows).execute();
}

function toTables(snapshot: Snapshot): TableRows {
  const loaded = now();
  return {
    workspaces: snapshot.workspaces.map((row) => ({ ...row, id: workspaceId(row.id) })),
    users: snapshot.users,
    memberships: snapshot.memberships.map((row) => ({ ...row, workspace_id: workspaceId(row.workspace_id) })),
    api_tokens: snapshot.tokens.map((row) => ({
      workspace_id: workspaceId(row.workspace_id),
      user_id: row.user_id,
      name: row.name,
      key_hash: tokenHash(row),
      is_active: row.is_active,
      created_on: row.created_on ?? loaded,
      expires_on: row.expires_on ?? null,
      last_used_on: row.last_used_on ?? null,
    })),
    groups: snapshot.groups.map(({ count, ...row }) => ({
      ...row,
      workspace_id: workspaceId(row.workspace_id),
      name_key: foldName(row.name),
      search_key: searchKey(row.name),
      contact_count: count,
    })),
    campaigns: snapshot.campaigns.map((row) => ({
      ...row,
      workspace_id: workspaceId(row.workspace_id),
      name_key: foldName(row.name),
      search_key: searchKey(row.name),
      modified_on: row.modified_on ?? row.created_on,
    })),
  };
}

/** The cast is safe, because a snapshot defines its own workspaces. */
const workspaceId = (id: number): WorkspaceId => id as WorkspaceId;

function tokenHash({ key, hash }: Row<'tokens'>): string {
  return key === undefined ? (hash ?? '') : hashKey(key);
}

/** Checks that each row refers to existing rows, and to groups of its own workspace. Throws SnapshotError. */
function checkReferences({ workspaces, users, memberships, tokens, groups, campaigns }: Snapshot): void {
  const known = { workspace_id: new Set(workspaces.map(({ id }) => id)), user_id: new Set(users.map(({ id }) => id)) };
  const workspaceOf = new Map(groups.map(({ id, workspace_id }) => [id, workspace_id]));
  const check = (list: string, rows: readonly Partial<Record<'workspace_id' | 'user_id', number>>[]) => {
    rows.forEach((row, place) => {
      for (const member of ['workspace_id', 'user_id'] as const) {
        const reference = row[member];
        if (reference !== undefined && !known[member].has(reference)) {
          throw wrongMember(list, place, member, reference, `must be the id of one of the ${member.slice(0, -3)}s`);
        }
      }
    });
  };
  check('memberships', memberships);
  check('tokens', tokens);
  check('groups', groups);
  check('campaigns', campaigns);
  campaigns.forEach(({ group_id, workspace_id }, place) => {
    if (workspaceOf.get(group_id) !== workspace_id) {
      throw wrongMember('campaigns', place, 'group_id', group_id, 'must be the id of a group of the same workspace');
    }
  });
  tokens.forEach(({ key, hash }, place) => {
    const right = 'must be given, or "hash" with the SHA-256 of a key in hexadecimal';
    if (key === undefined && !/^[0-9a-f]{64}$/.test(hash ?? '')) throw wrongMember('tokens', place, 'key', key, right);
  });
}

/**
 * Checks that unique values are unique, and that the names of rows that are not deleted are valid. Throws
 * SnapshotError.
 */
function checkUnique(snapshot: Snapshot): void {
  unique('workspaces', 'id', snapshot.workspaces, ({ id }) => id);
  unique('workspaces', 'uuid', snapshot.workspaces, ({ uuid }) => uuid);
  unique('users', 'id', snapshot.users, ({ id }) => id);
  unique('users', 'email', snapshot.users, ({ email }) => email);
  unique('memberships', 'user_id', snapshot.memberships, ({ workspace_id, user_id }) => `${workspace_id} ${user_id}`);
  unique('tokens', 'key', snapshot.tokens, tokenHash);
  for (const list of ['groups', 'campaigns'] as const) {
    const rows: readonly (Row<'groups'> | Row<'campaigns'>)[] = snapshot[list];
    unique(list, 'id', rows, ({ id }) => id);
    unique(list, 'uuid', rows, ({ workspace_id, uuid }) => `${workspace_id} ${uuid}`);
    unique(list, 'name', rows, ({ workspace_id, name, is_active }) =>
      is_active ? `${workspace_id} ${foldName(name)}` : null,
    );
    rows.forEach((row, place) => {
      // The names of status groups break the rules for names on purpose. Deleted rows may have any name.
      if (!row.is_active || ('kind' in row && row.kind === 'status')) return;
      const parsed = parseName(row.name);
      if ('errors' in parsed || parsed.name.text !== row.name) {
        throw wrongMember(
          list,
          place,
          'name',
          row.name,
          'must have 1 to 64 characters, no " or \\, and no white space around it',
        );
      }
    });
  }
}

/** Checks that no two rows have the same key. Rows whose key is null are not compared. Throws SnapshotError. */
function unique<Item>(
  list: string,
  member: string,
  rows: readonly Item[],
  keyOf: (row: Item) => string | number | null,
): void {
  const places = new Map<string | number, number>();
  rows.forEach((row, place) => {
    const key = keyOf(row);
    if (key === null) return;
    const earlier = places.get(key);
    if (earlier !== undefined) {
      const value = member === 'key' ? '…' : (row as Record<string, unknown>)[member];
      throw wrongMember(list, place, member, value, `must be unique, and ${list}[${earlier}] has the same`);
    }
    places.set(key, place);
  });
}
