import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { cachedByVersion } from '../database/cached-by-version.ts';
import type { Database, Session } from '../database/database.ts';
import { constant } from '../database/statements.ts';
import type { WorkspaceId } from '../database/tables.ts';

/** The range of a workspace's changes that are kept. */
export interface FeedState {
  /** Revisions can only be compared with revisions of the same epoch. */
  readonly epoch: string;
  /** The revision of the newest change; 0 when nothing has ever changed. */
  readonly revision: number;
  /** The changes up to and including this revision are not kept: they were removed, or never recorded. */
  readonly removed: number;
}

/** A place between changes: after the one with this revision. */
export interface FeedPosition {
  readonly epoch: string;
  readonly revision: number;
}

/** Whether all changes after the position are still kept. */
export function areChangesKept({ epoch, revision }: FeedPosition, state: FeedState): boolean {
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

/**
 * `feedState` with a cache, which each commit empties. When the engine's `dataVersion` is NaN, nothing is found in the cache, and each
 * call runs a statement.
 */
export function rememberedFeedStates(
  database: Pick<Database, 'reader' | 'dataVersion'>,
): (workspace: WorkspaceId) => Promise<FeedState> {
  return cachedByVersion(
    () => database.dataVersion(),
    (workspace) => workspace,
    (workspace: WorkspaceId) => feedState(database.reader, workspace),
  );
}

/**
 * The epoch of a workspace's revisions, with as many digits as the database's epoch. Each workspace needs its own epoch: workspaces
 * count their revisions separately, so with the database's epoch changes of two workspaces would have the same UUID.
 */
export function workspaceEpoch(epoch: string, workspace: WorkspaceId): string {
  return hash('sha256', `${epoch}:${workspace}`).slice(0, epoch.length);
}
