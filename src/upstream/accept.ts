import type { Database } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { NO_LEASE } from '../model/lease.ts';
import { LISTS } from './account-lists.ts';
import { parseProgress } from './progress.ts';

/**
 * Records that a person has confirmed that what disappeared from an account is gone. The follower applies this to the mirror after the
 * next complete sweep, or after the next two if it is in another process by then. Returns false when the follower is not paused.
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
    const progress = parseProgress(row.progress);
    const acceptedLists = LISTS.filter((list) => progress.paused[list] !== undefined);
    // Ends the follower's lease, because it may be about to write a progress without `acceptedLists`.
    await db
      .updateTable('upstreams')
      .set({
        progress: JSON.stringify({ ...progress, acceptedLists }),
        ...NO_LEASE,
      })
      .where('workspace_id', '=', workspace)
      .execute();
    return true;
  });
}
