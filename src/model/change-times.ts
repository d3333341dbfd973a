import { sql } from 'kysely';
import type { Session } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import type { ChangeFilter } from './change.ts';
import { equals, oneOf } from './conditions.ts';
import type { FeedState } from './feed-state.ts';
import { feedState } from './feed-state.ts';
import { described } from './list-query.ts';

/** The bounds of a range of revisions. The bounds themselves are not in the range. */
export interface Bounds {
  readonly above?: number | undefined;
  readonly below?: number | undefined;
}

/**
 * The bounds of the changes that were made between the filter's times. A change that is committed while they are looked up is beyond
 * them, because its time was not compared.
 */
export async function boundsOfTimes(
  session: Session,
  workspace: WorkspaceId,
  { madeAfter, madeBefore }: ChangeFilter,
): Promise<Bounds> {
  if (madeAfter === undefined && madeBefore === undefined) return {};
  const state = await feedState(session, workspace);
  return {
    above: madeAfter === undefined ? undefined : await lastBefore(session, workspace, state, madeAfter),
    below:
      1 + (madeBefore === undefined ? state.revision : await lastBefore(session, workspace, state, madeBefore + 1)),
  };
}

/** Into how many parts one statement of `lastBefore` divides the changes. */
const PARTS = 32;

/** How many changes `lastBefore` reads when a workspace has a million changes: it then runs 4 statements. */
export const ROWS_OF_A_LOOKUP = 4 * PARTS;

/**
 * The revision of the last change that was made before `time`, or `removed` when no kept change was. It needs no index of times,
 * because changes with greater revisions have later times: within a process, `now` does not go back when the clock is corrected. When
 * the clocks of several processes differ a little, or the clock was set back before a restart, the result is as inexact as they are.
 */
async function lastBefore(
  session: Session,
  workspace: WorkspaceId,
  { removed, revision }: FeedState,
  time: Micros,
): Promise<number> {
  let [before, from] = [removed, revision + 1];
  while (from - before > 1) {
    const step = Math.max(1, Math.floor((from - before) / PARTS));
    const revisions: number[] = [];
    for (let next = before + step; next < from && revisions.length < PARTS; next += step) revisions.push(next);
    const rows = await session.all('times of changes', { workspace, revisions }, (db, slots) =>
      described(db)
        .selectFrom('changes')
        .where(equals('changes.workspace_id')(slots.workspace))
        .where(oneOf('changes.revision')(slots.revisions))
        .select([sql<number>`changes.revision`.as('revision'), sql<Micros>`changes.changed_on`.as('time')]),
    );
    const times = new Map(rows.map((row) => [Number(row.revision), Number(row.time)]));
    // A missing change has been removed in the meantime because it was too old, so it counts as made before `time`.
    const first = revisions.find((one) => (times.get(one) ?? 0) >= time);
    before = (first === undefined ? revisions.at(-1) : first - step) ?? before;
    from = first ?? from;
  }
  return before;
}
