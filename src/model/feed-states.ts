import type { Database } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { FeedState } from './changes.ts';
import { feedState } from './changes.ts';

/** How many workspaces' states are kept. */
const MAX_STATES = 10_000;

/**
 * `feedState` with a cache, which each commit empties. Where the engine's `dataVersion` tells nothing, each call runs a
 * statement.
 */
export function rememberedFeedStates(
  database: Pick<Database, 'reader' | 'dataVersion'>,
): (workspace: WorkspaceId) => Promise<FeedState> {
  const known = new Map<WorkspaceId, FeedState>();
  let version = Number.NaN;
  return async (workspace) => {
    const present = database.dataVersion();
    if (present !== version || known.size >= MAX_STATES) known.clear();
    version = present;
    const remembered = known.get(workspace);
    if (remembered) return remembered;
    const state = await feedState(database.reader, workspace);
    // A state that was read under an older version may be outdated already.
    if (version === present) known.set(workspace, state);
    return state;
  };
}
