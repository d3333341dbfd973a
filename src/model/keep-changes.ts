import type { Database } from '../database/database.ts';
import { paused } from '../waiting/paused.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { clockTime, DAY } from './time.ts';

/** The delay, in ms, before old changes are first removed, and the interval, in ms, after which this is repeated. */
const LOOK = { first: 60_000, interval: 3_600_000 };

/** How many changes one write removes, and the pause, in ms, before the next one. Other writes can run in the pause. */
const STEP = { changes: 500, pause: 50 };

/** How many workspaces one statement looks at. */
const WORKSPACES = 200;

/**
 * From now on, removes changes that are older than `days` days in the background. Returns a function that stops this; its promise
 * resolves when nothing is being removed any more. `onError` is called with failures; the removal then continues after the interval.
 */
export function keepChanges(database: Database, days: number, onError: (error: unknown) => void): () => Promise<void> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = (async () => {
    for (let pause = LOOK.first; await paused(pause, signal); pause = LOOK.interval) {
      await removeChanges(database, clockTime() - days * DAY, signal).catch(onError);
    }
  })();
  return () => {
    stopped.abort();
    return running;
  };
}

/**
 * Removes the changes from before a time, in small steps, so that no write waits for long. In each workspace it removes the oldest
 * changes and stops at the first one that is not too old, because the remaining revisions must have no gaps, even when the clock was
 * set back.
 */
export async function removeChanges(database: Database, before: Micros, signal?: AbortSignal): Promise<void> {
  for (let last = 0 as WorkspaceId; ;) {
    const workspaces = await workspacesAfter(database, last);
    for (const { id, oldest } of workspaces) {
      let first = oldest;
      while (first !== null && first < before) {
        if (signal?.aborted) return;
        first = await removeStep(database, id, before);
        if (!(await paused(STEP.pause, signal))) return;
      }
    }
    const end = workspaces.at(-1);
    if (!end) return;
    last = end.id;
  }
}

/** The next workspaces, each with the time of its oldest change; null when it has none. */
function workspacesAfter({ reader }: Database, last: WorkspaceId) {
  return reader.db
    .selectFrom('workspaces')
    .select('workspaces.id')
    .select((eb) =>
      eb
        .selectFrom('changes')
        .select('changes.changed_on')
        .whereRef('changes.workspace_id', '=', 'workspaces.id')
        .orderBy('changes.revision')
        .limit(1)
        .as('oldest'),
    )
    .where('workspaces.id', '>', last)
    .orderBy('workspaces.id')
    .limit(WORKSPACES)
    .execute();
}

/** Removes a few of the oldest changes; returns the time of the oldest one that is left, or null when there is none. */
function removeStep(database: Database, workspace: WorkspaceId, before: Micros): Promise<Micros | null> {
  return database.write(workspace, async ({ db }) => {
    const oldest = await db
      .selectFrom('changes')
      .select(['revision', 'changed_on'])
      .where('workspace_id', '=', workspace)
      .orderBy('revision')
      .limit(STEP.changes + 1)
      .execute();
    const kept = oldest.find(({ changed_on: time }, place) => time >= before || place === STEP.changes);
    await db
      .deleteFrom('changes')
      .where('workspace_id', '=', workspace)
      .where('revision', '<', kept?.revision ?? Number.MAX_SAFE_INTEGER)
      .execute();
    return kept?.changed_on ?? null;
  });
}
