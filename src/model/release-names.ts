import { sql } from 'kysely';
import type { WorkspaceWrite } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { inParts } from './parts.ts';

export type NamedTable = 'campaigns' | 'groups';

/**
 * Gives rows temporary keys, so that they can be renamed in any order: two rows may swap their names, and after the first update both
 * would have the same one, which the unique index refuses. No valid name has such a key, because none contains a quotation mark. Call it
 * only for rows that get a name in the same transaction.
 */
export async function releaseNames(
  { db }: WorkspaceWrite,
  workspace: WorkspaceId,
  table: NamedTable,
  ids: readonly number[],
): Promise<void> {
  for (const some of inParts(ids)) {
    await db
      .updateTable(table)
      .set({ name_key: sql`'"' || ${sql.ref('uuid')}` })
      .where('workspace_id', '=', workspace)
      .where('id', 'in', some)
      .execute();
  }
}
