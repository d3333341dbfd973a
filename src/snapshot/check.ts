import type { Kysely } from 'kysely';
import type { Tables, WorkspaceId } from '../database/tables.ts';
import type { Batch, ListName, Row } from './format.ts';
import { wrongMember } from './format.ts';

/**
 * Checks the rows of a batch before they are written: tokens must have a key or a hash, references must be to existing rows, and
 * campaigns must refer to groups of their own workspace, which must not be deleted unless the campaign is archived or deleted. The lists
 * that a list refers to must be written before. Throws SnapshotError.
 */
export async function checkBatch(db: Kysely<Tables>, batch: Batch): Promise<void> {
  const { list, start } = batch;
  if (list === 'workspaces' || list === 'users') return;
  if (list === 'tokens') batch.rows.forEach((row, place) => checkKey(row, start + place));
  await checkReferences(db, batch, 'workspace_id', batch.rows);
  if (list === 'memberships' || list === 'tokens') await checkReferences(db, batch, 'user_id', batch.rows);
  if (list === 'campaigns') await checkGroups(db, start, batch.rows);
}

function checkKey({ key, hash }: Row<'tokens'>, place: number): void {
  const right = 'must be given, or "hash" with the SHA-256 of a key in hexadecimal';
  if (key === undefined && !/^[0-9a-f]{64}$/.test(hash ?? '')) throw wrongMember('tokens', place, 'key', key, right);
}

async function checkReferences<Member extends 'workspace_id' | 'user_id'>(
  db: Kysely<Tables>,
  { list, start }: { readonly list: ListName; readonly start: number },
  member: Member,
  rows: readonly Readonly<Record<Member, number>>[],
): Promise<void> {
  const ids = [...new Set(rows.map((row) => row[member]))];
  const found =
    member === 'workspace_id'
      ? await db
          .selectFrom('workspaces')
          .select('id')
          .where('id', 'in', ids as WorkspaceId[])
          .execute()
      : await db.selectFrom('users').select('id').where('id', 'in', ids).execute();
  const known = new Set<number>(found.map(({ id }) => id));
  rows.forEach((row, place) => {
    if (known.has(row[member])) return;
    const right = `must be the id of one of the ${member.slice(0, -3)}s`;
    throw wrongMember(list, start + place, member, row[member], right);
  });
}

async function checkGroups(db: Kysely<Tables>, start: number, rows: readonly Row<'campaigns'>[]): Promise<void> {
  const asked = Map.groupBy(rows, ({ workspace_id }) => workspace_id);
  const found = await db
    .selectFrom('groups')
    .select(['workspace_id', 'id', 'is_active'])
    .where(({ and, or, eb }) =>
      or(
        [...asked].map(([workspace, own]) =>
          and([
            eb('workspace_id', '=', workspace as WorkspaceId),
            eb('id', 'in', [...new Set(own.map(({ group_id }) => group_id))]),
          ]),
        ),
      ),
    )
    .execute();
  const known = new Map(found.map(({ workspace_id, id, is_active }) => [`${workspace_id} ${id}`, is_active]));
  rows.forEach(({ workspace_id, group_id, is_active, is_archived }, place) => {
    const isGroupActive = known.get(`${workspace_id} ${group_id}`);
    const isInUse = is_active === 1 && is_archived === 0;
    if (isGroupActive === 1 || (isGroupActive === 0 && !isInUse)) return;
    const right =
      isGroupActive === undefined
        ? 'must be the id of a group of the same workspace'
        : 'must be the id of a group that is not deleted, because the campaign is not archived';
    throw wrongMember('campaigns', start + place, 'group_id', group_id, right);
  });
}
