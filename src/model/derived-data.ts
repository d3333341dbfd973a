import type { Session } from '../database/database.ts';
import { SEARCHED_TABLES } from '../database/search-index.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { CAMPAIGNS } from './campaign.ts';
import { GROUPS } from './group.ts';
import { recount } from './kept-counts.ts';

/**
 * Rebuilds the data that is derived from the rows of campaigns and groups: their kept counts and the search index. Code that writes
 * such rows without the model, as when a snapshot is loaded, must call this in the same transaction. It reads every row of the
 * workspace, or of all workspaces when none is given.
 */
export async function rebuildDerivedData(session: Session, workspace?: WorkspaceId): Promise<void> {
  await recount(session, [CAMPAIGNS, GROUPS], workspace);
  for (const table of SEARCHED_TABLES) await session.searchIndex.rebuild(session, table, workspace);
}
