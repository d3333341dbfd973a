import type { Session } from '../database/database.ts';
import { SEARCHED_TABLES } from '../database/search-index.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { CAMPAIGNS } from './campaign.ts';
import { GROUPS } from './group.ts';
import { recount } from './kept-counts.ts';

/**
 * Makes all that is derived from the rows of campaigns and groups anew: their kept counts, and the search index. Whoever writes such rows other
 * than through the model, such as a snapshot that is loaded, calls this in the same transaction. It reads every row of the
 * workspace, or of all workspaces when none is given.
 */
export async function rebuildDerivedData(session: Session, workspace?: WorkspaceId): Promise<void> {
  await recount(session, [CAMPAIGNS, GROUPS], workspace);
  for (const table of SEARCHED_TABLES) await session.searchIndex.rebuild(session, table, workspace);
}
