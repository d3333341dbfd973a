import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Session } from '../database/database.ts';
import { constant } from '../database/statements.ts';
import type { WorkspaceId } from '../database/tables.ts';

/** Where a workspace's changes stand. */
export interface FeedState {
  /** Revisions of another epoch say nothing about this one. */
  readonly epoch: string;
  /** The revision of the newest change; 0 when nothing has ever changed. */
  readonly revision: number;
  /** The changes up to this revision are not kept any more, or never were. */
  readonly removed: number;
}

/** A place between changes: after the one with this revision. */
export interface FeedPosition {
  readonly epoch: string;
  readonly revision: number;
}

/** Whether all changes after the position are there. */
export function isKept({ epoch, revision }: FeedPosition, state: FeedState): boolean {
  return epoch === state.epoch && revision >= state.removed && revision <= state.revision;
}

/** The present state of the feed. One statement. */
export async function feedState(session: Session, workspace: WorkspaceId): Promise<FeedState> {
  const row = await session.first('feed state', { workspace }, (db, slots) =>
    db
      .selectFrom('workspaces')
      .innerJoin('feed', (join) => join.on('feed.id', '=', constant(1)))
      .select(['feed.epoch', 'workspaces.revision'])
      .select((eb) =>
        eb
          .selectFrom('changes')
          .where('changes.workspace_id', '=', slots.workspace)
          .select(sql<number | null>`min(changes.revision)`.as('first'))
          .as('first'),
      )
      .where('workspaces.id', '=', slots.workspace),
  );
  if (!row) throw new Error(`there is no workspace ${workspace}`);
  const { revision, first } = row;
  const removed = first === null ? revision : first - 1;
  return { epoch: workspaceEpoch(row.epoch, workspace), revision, removed };
}

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

/**
 * The epoch of a workspace's revisions, in as many digits as that of the database. Workspaces count apart from each other, so
 * that with the database's own epoch their changes would have the same UUIDs.
 */
export function workspaceEpoch(epoch: string, workspace: WorkspaceId): string {
  return hash('sha256', `${epoch}:${workspace}`).slice(0, epoch.length);
}
