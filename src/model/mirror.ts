import type { SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Author, Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { inParts } from './parts.ts';
import { LoopTurns } from '../waiting/loop-turns.ts';

// A workspace can be the mirror of an account. mirror-groups.ts and mirror-campaigns.ts write rows of the account's lists into the
// tables, and record the changes. They run in a transaction of `database.write`, so that the same transaction can write the
// follower's progress.

/** The author of changes that others made in the account. */
export const BY_UPSTREAM: Author = { origin: 'upstream', user: null, token: null };

/** How many UUIDs of a mirror are read at once, which takes about a millisecond. */
const MIRRORED_AT_ONCE = 1_000;

/** The result of writing rows of the account into the mirror. */
export interface Mirrored {
  /**
   * The UUIDs of objects of the mirror whose names the rows need. Empty when all rows were written. Otherwise nothing was written,
   * because these objects are probably outdated: ask the account about them, and repeat the call with the answers added to the
   * same rows.
   */
  readonly held: readonly string[];
  /** How many changes were recorded. */
  readonly changed: number;
}

/**
 * The UUIDs of the mirror's objects that the account's list should have: groups, or campaigns that are not archived. They come in
 * parts, and the event loop turns between two parts. A part has what is there when it is read.
 */
export async function* mirroredUuids(
  { db }: Session,
  workspace: WorkspaceId,
  list: 'campaigns' | 'groups',
): AsyncIterableIterator<readonly string[]> {
  const turns = new LoopTurns();
  for (let last: string | undefined = ''; last !== undefined;) {
    await turns.next();
    const rows = await db
      .selectFrom(list)
      .select('uuid')
      .where('workspace_id', '=', workspace)
      .where('uuid', '>', last)
      .where('is_active', '=', 1)
      .where(list === 'campaigns' ? sql<SqlBool>`is_archived = 0` : sql<SqlBool>`kind <> 'status'`)
      .orderBy('uuid')
      .limit(MIRRORED_AT_ONCE)
      .execute();
    yield rows.map(({ uuid }) => uuid);
    last = rows.length === MIRRORED_AT_ONCE ? rows.at(-1)?.uuid : undefined;
  }
}

/** Whether each of these groups has a campaign that is not archived. */
export async function areGroupsInUse(
  { db }: Session,
  workspace: WorkspaceId,
  uuids: readonly string[],
): Promise<boolean> {
  for (const part of inParts(uuids)) {
    const unused = await db
      .selectFrom('groups')
      .select('uuid')
      .where('workspace_id', '=', workspace)
      .where('uuid', 'in', part)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('campaigns')
              .select(sql.lit(1).as('found'))
              .whereRef('campaigns.workspace_id', '=', 'groups.workspace_id')
              .whereRef('campaigns.group_id', '=', 'groups.id')
              .where('campaigns.is_active', '=', 1)
              .where('campaigns.is_archived', '=', 0),
          ),
        ),
      )
      .limit(1)
      .executeTakeFirst();
    if (unused) return false;
  }
  return true;
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
