import type { Insertable, Kysely } from 'kysely';
import { hashKey } from '../model/token-key.ts';
import type { Database, Session } from '../database/database.ts';
import { beginEpoch } from '../database/feed.ts';
import type { Micros, Tables, WorkspaceId } from '../database/tables.ts';
import { foldName } from '../encoding/fold.ts';
import { rebuildDerivedData } from '../model/derived-data.ts';
import { nameColumns, nameOf } from '../model/names.ts';
import { now } from '../model/time.ts';
import { newUuid } from '../model/uuid.ts';
import { checkBatch } from './check.ts';
import type { Batch, ListName, Row, RowCounts, Snapshot } from './format.ts';
import { LISTS, MAX_BATCH, noRows, SnapshotError } from './format.ts';
import type { StoredRow } from './insert.ts';
import { ListInsert } from './insert.ts';

/** The database has data already, so that no snapshot can be loaded into it. */
export class NotEmptyError extends SnapshotError {
  constructor(workspace: string) {
    super(
      `The database is not empty: it has the workspace "${workspace}". Load into a new one, which DATABASE_URL names.`,
    );
  }
}

/** Rejects with NotEmptyError when the database has a workspace. */
export async function checkEmpty({ db }: Session): Promise<void> {
  const filled = await db.selectFrom('workspaces').select('name').limit(1).executeTakeFirst();
  if (filled) throw new NotEmptyError(filled.name);
}

/** Writes a snapshot that is in memory into an empty database: see loadBatches. */
export async function loadSnapshot(database: Database, snapshot: Snapshot): Promise<void> {
  await loadBatches(database, batchesOf(snapshot));
}

/**
 * Writes the rows of a snapshot into an empty database, in one transaction, and returns how many there were of each list. The
 * batches must be in the order of LISTS, and the batches of one list in the order of its rows. One batch at a time is in memory.
 * When anything is wrong, nothing is written. Rejects with SnapshotError; with NotEmptyError when the database has data.
 */
export async function loadBatches(
  database: Database,
  batches: AsyncIterable<Batch> | Iterable<Batch>,
): Promise<RowCounts> {
  return database.administer(async (session) => {
    const { db } = session;
    await checkEmpty(session);
    const loaded = noRows();
    const loadedOn = now();
    let insert: ListInsert | null = null;
    for await (const batch of batches) {
      await checkBatch(db, batch);
      if (insert?.list !== batch.list) insert = new ListInsert(db, batch.list);
      await insert.add(await storedRows(db, batch, loadedOn), batch);
      loaded[batch.list] += batch.rows.length;
    }
    await rebuildDerivedData(session);
    await session.afterLoad();
    // A new epoch, because the positions of readers in the old feed of changes do not apply to the loaded data.
    await beginEpoch(session);
    return loaded;
  });
}

function* batchesOf(snapshot: Snapshot): Iterable<Batch> {
  for (const list of Object.keys(LISTS) as ListName[]) {
    for (let start = 0; start < snapshot[list].length; start += MAX_BATCH) {
      // The rows are of this list.
      yield { list, start, rows: snapshot[list].slice(start, start + MAX_BATCH) } as Batch;
    }
  }
}

/** Converts the rows of a list into rows of its table. */
async function storedRows(db: Kysely<Tables>, { list, rows }: Batch, loadedOn: Micros): Promise<StoredRow[]> {
  switch (list) {
    case 'workspaces':
    case 'users':
      return rows.map((row) => ({ ...row }));
    case 'memberships':
      return memberships(db, rows, loadedOn);
    case 'tokens':
      return rows.map((row) => token(row, loadedOn));
    case 'groups':
      return rows.map(group);
    case 'campaigns':
      return rows.map(campaign);
  }
}

async function memberships(
  db: Kysely<Tables>,
  rows: readonly Row<'memberships'>[],
  loadedOn: Micros,
): Promise<StoredRow[]> {
  const ids = [...new Set(rows.map((row) => row.user_id))];
  const users = await db.selectFrom('users').select(['id', 'email']).where('id', 'in', ids).execute();
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  return rows.map(
    (row) =>
      ({
        workspace_id: workspaceId(row.workspace_id),
        uuid: row.uuid ?? newUuid(),
        user_id: row.user_id,
        email_key: foldName(emails.get(row.user_id) ?? ''),
        role: row.role,
        is_active: 1,
        created_on: row.created_on ?? loadedOn,
      }) satisfies Insertable<Tables['memberships']>,
  );
}

function token(row: Row<'tokens'>, loadedOn: Micros) {
  return {
    workspace_id: workspaceId(row.workspace_id),
    uuid: row.uuid ?? newUuid(),
    user_id: row.user_id,
    name: row.name,
    max_role: row.max_role ?? null,
    key_hash: row.key === undefined ? (row.hash ?? '') : hashKey(row.key),
    is_active: row.is_active,
    created_on: row.created_on ?? loadedOn,
    expires_on: row.expires_on ?? null,
    last_used_on: row.last_used_on ?? null,
  } satisfies Insertable<Tables['api_tokens']>;
}

function group({ count, ...row }: Row<'groups'>) {
  return {
    ...row,
    workspace_id: workspaceId(row.workspace_id),
    ...nameColumns(nameOf(row.name)),
    contact_count: count,
  } satisfies Insertable<Tables['groups']>;
}

function campaign(row: Row<'campaigns'>) {
  return {
    ...row,
    workspace_id: workspaceId(row.workspace_id),
    ...nameColumns(nameOf(row.name)),
    modified_on: row.modified_on ?? row.created_on,
  } satisfies Insertable<Tables['campaigns']>;
}

/** The cast is safe, because a snapshot defines its own workspaces. */
const workspaceId = (id: number): WorkspaceId => id as WorkspaceId;
