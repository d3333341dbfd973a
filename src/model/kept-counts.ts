import type { Compilable, Expression, Kysely, RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Session } from '../database/database.ts';
import { constant } from '../database/statements.ts';
import type { SealedTables } from '../database/statements.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { equals, live, oneOf } from './conditions.ts';
import type { AnyCondition, ListSlots } from './list-query.ts';

// The lengths of lists are kept in `list_counts` by the transactions that change them (see `WorkspaceWrite.count`), so that a
// total costs one row however long the list is. They are exact: a length is the number of rows that are not deleted and that
// lists may show.

interface CountedByAny {
  readonly column: string;
  readonly conditions: object;
}

/** The parts of a list's description that its kept counts need, for a list of any type. */
export interface CountedList {
  readonly name: string;
  readonly table: string;
  readonly shown?: Expression<SqlBool>;
  readonly keptCounts?: { readonly archived?: CountedByAny; readonly parent?: CountedByAny };
}

/** Whether the count of the rows with these values of the filter is kept. Values that are undefined are not set. */
export function isCountKept({ keptCounts }: CountedList, values: object): boolean {
  return (
    keptCounts !== undefined && areAll(values, { ...keptCounts.archived?.conditions, ...keptCounts.parent?.conditions })
  );
}

/** Whether the counts for a filter with these values are kept for each parent. `column` holds the parent's id. */
export function isCountKeptByParent({ keptCounts }: CountedList, column: string, values: object): boolean {
  return keptCounts?.parent?.column === column && areAll(values, { ...keptCounts.archived?.conditions });
}

function areAll(values: object, known: object): boolean {
  return Object.entries(values).every(([name, value]) => value === undefined || name in known);
}

/** The kept count of the rows that meet the conditions whose values have slots, as `count`. */
export function keptCount(
  list: CountedList,
  db: Kysely<SealedTables>,
  slots: ListSlots,
): Compilable<{ count: number }> {
  const parents = conditionsOf(list.keptCounts?.parent, db, slots);
  const whole = equals('list_counts.parent_id')(sql.lit(0));
  return (parents.length ? parents : [whole])
    .reduce((rows, condition) => rows.where(condition), keptRows(list, db, slots))
    .select(sql<number>`coalesce(sum(count), 0)`.as('count'));
}

/** The kept counts of each of the parents, as `parent` and `count`. A parent without rows may be missing. */
export function keptCountByParent(
  list: CountedList,
  db: Kysely<SealedTables>,
  slots: ListSlots & { readonly parents: readonly RawBuilder<unknown>[] },
): Compilable<{ parent: number; count: number }> {
  return keptRows(list, db, slots)
    .where(oneOf('list_counts.parent_id')(slots.parents))
    .select([sql<number>`parent_id`.as('parent'), sql<number>`sum(count)`.as('count')])
    .groupBy('parent_id');
}

/** A query for the kept counts of a list, only for archived objects or only for others when a slot of the filter says so. */
function keptRows(list: CountedList, db: Kysely<SealedTables>, slots: ListSlots) {
  const rows = db
    .selectFrom('list_counts')
    .where(equals('list_counts.workspace_id')(slots.workspace))
    .where(equals('list_counts.list')(sql.lit(list.name)));
  return conditionsOf(list.keptCounts?.archived, db, slots).reduce((found, one) => found.where(one), rows);
}

/** The conditions whose values have slots. */
function conditionsOf(by: CountedByAny | undefined, db: Kysely<SealedTables>, slots: ListSlots): Expression<SqlBool>[] {
  const context = { db, workspace: slots.workspace, order: undefined };
  const given = slots as unknown as Record<string, never>;
  return Object.entries((by?.conditions ?? {}) as Record<string, AnyCondition>)
    .map(([name, condition]) => (given[name] === undefined ? null : condition(given[name], context, slots as never)))
    .filter((condition) => condition !== null);
}

/**
 * Counts the rows of the lists again. Call it after rows were written without updating the kept counts. It reads every row of the
 * workspace, or of all workspaces when none is given.
 */
export async function recount({ db }: Session, lists: readonly CountedList[], workspace?: WorkspaceId): Promise<void> {
  const inWorkspace = (column: string) => (workspace ? sql`${sql.ref(column)} = ${workspace}` : sql`1 = 1`);
  await sql`delete from list_counts where ${inWorkspace('workspace_id')}`.execute(db);
  for (const { name, table, shown, keptCounts } of lists) {
    if (!keptCounts) continue;
    const { archived, parent } = keptCounts;
    for (const parentId of [sql.lit(0), ...(parent ? [sql.ref(parent.column)] : [])]) {
      await sql`
        insert into list_counts (workspace_id, parent_id, list, is_archived, count)
        select workspace_id, ${parentId}, ${sql.lit(name)}, ${archived ? sql.ref(archived.column) : sql.lit(0)}, count(*)
        from ${sql.table(table)}
        where ${live(`${table}.is_active`)} and ${shown ?? sql`1 = 1`} and ${inWorkspace(`${table}.workspace_id`)}
        group by 1, 2, 4`.execute(db);
    }
  }
}

/** How many objects a workspace has, archived ones included. */
export interface WorkspaceSizes {
  readonly campaigns: number;
  readonly groups: number;
}

/** The sizes of a workspace, from its kept counts. One statement, which reads up to three rows. */
export async function workspaceSizes(session: Session, workspace: WorkspaceId): Promise<WorkspaceSizes> {
  const rows = await session.all('workspace sizes', { workspace }, (db, slots) =>
    db
      .selectFrom('list_counts')
      .where('workspace_id', '=', slots.workspace)
      .where('parent_id', '=', constant(0))
      .select(['list', 'count']),
  );
  const size = (name: string) => rows.reduce((sum, { list, count: n }) => sum + (list === name ? Number(n) : 0), 0);
  return { campaigns: size('campaigns'), groups: size('groups') };
}
