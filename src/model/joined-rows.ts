import type { RowsOfState, Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { Join, SharedRow } from './list.ts';
import { described } from './list-query.ts';

// Pages of campaigns show the same groups again and again. Where the engine can tell at once whether something has been committed,
// groups are cached until the next commit. Then the statement of a page needs no join, which takes a third of its time, and all
// campaigns of a group share one object.

/**
 * The joined row of each of `rows`. `rows` were read without the join, after `state` began. Joined rows that are not cached are read in
 * one statement. Returns null when something has been committed since `state` began, because the rows may then be of different states.
 */
export async function joinedRows<Row extends object, Joined>(
  session: Session,
  state: RowsOfState,
  { table, columns }: Join<Row, Joined>,
  { id, idOf, toJoined }: SharedRow<Row, Joined>,
  workspace: WorkspaceId,
  rows: readonly Row[],
): Promise<(Joined | undefined)[] | null> {
  const known = state.of<Joined>(table, workspace);
  const joined = rows.map((row) => known.get(idOf(row)));
  if (!joined.includes(undefined)) return state.isCurrent() ? joined : null;
  const missing = new Set(rows.map(idOf).filter((_id, place) => joined[place] === undefined));
  const found = (await session.all(
    `${table} that are joined`,
    { workspace, ids: JSON.stringify([...missing]) },
    (db, slots) =>
      described(db)
        .selectFrom(table)
        .select([id, ...columns])
        .where(state.withIds(table, slots.workspace, slots.ids)),
  )) as Row[];
  if (!state.isCurrent()) return null;
  const read = new Map(found.map((row) => [idOf(row), toJoined(row)]));
  state.remember(table, workspace, read);
  return rows.map((row, place) => joined[place] ?? read.get(idOf(row)));
}
