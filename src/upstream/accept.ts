import type { Database } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { parseProgress } from './progress.ts';

/**
 * A person has said that what has disappeared from an account is gone. Its follower applies it after the next complete sweep. Returns
 * false when the follower is not paused.
 */
export async function acceptDisappearance(database: Pick<Database, 'write'>, workspace: WorkspaceId): Promise<boolean> {
  return database.write(workspace, async ({ db }) => {
    const row = await db
      .selectFrom('upstreams')
      .select('progress')
      .where('workspace_id', '=', workspace)
      .where('state', '=', 'paused')
      .executeTakeFirst();
    if (!row) return false;
    // The account is taken from its follower, which may be about to write a progress that does not know of this.
    await db
      .updateTable('upstreams')
      .set({
        progress: JSON.stringify({ ...parseProgress(row.progress), accepted: true }),
        holder: null,
        held_until: 0,
      })
      .where('workspace_id', '=', workspace)
      .execute();
    return true;
  });
}
