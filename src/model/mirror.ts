import type { SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Author, Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';

// How a workspace follows the account whose mirror it is: rows of the account's lists go through mirror-groups.ts and
// mirror-campaigns.ts into the tables, and so into the list of changes. These run in a transaction of `database.write`, so that a
// follower's progress can be written with them.

/** The author of what was changed in the account by others. */
export const BY_UPSTREAM: Author = { origin: 'upstream', user: null, token: null };

/** What became of rows of the account. */
export interface Mirrored {
  /**
   * The UUIDs of objects of the mirror that have names which rows of the account are to have. They are probably outdated, and nothing was
   * written: ask the account about them, and give what it says together with the same rows. Empty when all was written.
   */
  readonly held: readonly string[];
  /** How many changes were recorded. */
  readonly changed: number;
}

/** The UUIDs of what the mirror has and the account's list should have: groups, or campaigns that are not archived. */
export async function mirroredUuids(
  { db }: Session,
  workspace: WorkspaceId,
  list: 'campaigns' | 'groups',
): Promise<string[]> {
  const rows = await db
    .selectFrom(list)
    .select('uuid')
    .where('workspace_id', '=', workspace)
    .where('is_active', '=', 1)
    .where(list === 'campaigns' ? sql<SqlBool>`is_archived = 0` : sql<SqlBool>`kind <> 'status'`)
    .execute();
  return rows.map(({ uuid }) => uuid);
}

/** Whether the mirror has any of these objects, archived campaigns included. */
export async function mirrorHasAny(
  { db }: Session,
  workspace: WorkspaceId,
  list: 'campaigns' | 'groups',
  uuids: readonly string[],
): Promise<boolean> {
  if (uuids.length === 0) return false;
  const row = await db
    .selectFrom(list)
    .select('uuid')
    .where('workspace_id', '=', workspace)
    .where('uuid', 'in', uuids)
    .where('is_active', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
