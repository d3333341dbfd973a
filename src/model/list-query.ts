import type { Compilable, Expression, Kysely, RawBuilder, SelectQueryBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { SearchedTable } from '../database/search-index.ts';
import type { Sealed, SealedTables } from '../database/statements.ts';
import { equals, live, oneOf } from './conditions.ts';
import type { ConditionContext, Join, Listed, ListDescription, Order } from './list.ts';
import { orderOf } from './list.ts';
import type { Ordering, PageRequest, Side } from './page.ts';
import { readingDirection } from './page.ts';

/** Tables whose columns the descriptions name as text. */
type DescribedTables = Record<string, Record<string, Sealed<unknown>>>;
export type Rows = SelectQueryBuilder<DescribedTables, string, object>;

/** The parts of a description that SQL is made from, for a list of any type. */
export type AnyList = Pick<ListDescription<Listed, never, object, never>, 'table' | 'columns' | 'shown'> & {
  readonly join?: Omit<Join<never, never>, 'shared'> | undefined;
  readonly search?: { readonly table: SearchedTable };
  readonly orders: Readonly<Record<string, Pick<Order<never>, 'column' | 'searched'>>>;
  readonly conditions: object;
};

/** A condition of any list. */
export type AnyCondition = (slot: never, context: ConditionContext, slots: never) => Expression<SqlBool> | null;

/** The slots of a statement, by name. The slots of the filter's values come in addition to these. */
export interface ListSlots {
  readonly workspace: RawBuilder<unknown>;
  readonly uuid?: RawBuilder<unknown> | undefined;
  readonly uuids?: readonly RawBuilder<unknown>[] | undefined;
  readonly searchPatterns?: readonly RawBuilder<unknown>[] | undefined;
}

export interface BoundSlots {
  readonly afterKey?: RawBuilder<unknown> | undefined;
  readonly afterId?: RawBuilder<unknown> | undefined;
  readonly beforeKey?: RawBuilder<unknown> | undefined;
  readonly beforeId?: RawBuilder<unknown> | undefined;
}

/**
 * The rows of the workspace that meet every condition whose value has a slot. Deleted rows are left out. `from` is a query that
 * contains the list's table; by default it is the table alone. Several UUIDs are looked up in a subquery. Its limit keeps the
 * engine from reading the list in its order instead, which would compare each row of the list with the UUIDs.
 */
export function matching(list: AnyList, db: Kysely<SealedTables>, slots: ListSlots, order?: string, from?: Rows): Rows {
  const { table, shown, conditions } = list;
  const { uuid, uuids } = slots;
  let rows = liveRows(table, slots, from ?? described(db).selectFrom(table));
  if (uuids) {
    const found = rows.where(oneOf(`${table}.uuid`)(uuids));
    rows = from ? found : described(db).selectFrom(found.selectAll().limit(sql.lit(uuids.length)).as(table));
  }
  if (shown) rows = rows.where(shown);
  if (uuid) rows = rows.where(equals(`${table}.uuid`)(uuid));
  for (const name of Object.keys(conditions)) {
    const condition = conditionOf(list, db, slots, name, order);
    if (condition) rows = rows.where(condition);
  }
  return rows;
}

function liveRows(table: string, { workspace }: ListSlots, rows: Rows): Rows {
  return rows.where(equals(`${table}.workspace_id`)(workspace)).where(live(`${table}.is_active`));
}

/** The condition of one value of the filter; null when the value has no slot or another condition covers it. */
export function conditionOf(
  { conditions }: AnyList,
  db: Kysely<SealedTables>,
  slots: ListSlots,
  name: string,
  order?: string,
): Expression<SqlBool> | null {
  const slot = (slots as unknown as Record<string, never>)[name];
  const condition = (conditions as Record<string, AnyCondition>)[name];
  const context: ConditionContext = { db, workspace: slots.workspace, order };
  return slot === undefined || !condition ? null : condition(slot, context, slots as never);
}

/**
 * The rows with the list's columns. Each row has exactly one joined row, so an inner join would give the same result. A
 * left join keeps the list's table in the outer loop, because its rows then need no sorting.
 */
export function withColumns<Row>({ columns, join }: AnyList, rows: Rows): Compilable<Row> {
  if (!join) return rows.select(columns);
  return rows
    .leftJoin(join.table, (on) => join.on.reduce((pairs, [left, right]) => pairs.onRef(left, '=', right), on))
    .select([...columns, ...join.columns]);
}

/**
 * The rows of a page. `slots.limit` includes one row more than the page shows, which tells whether the list goes on.
 * Bounds compare (key, id) pairs, because an index reads such a comparison as one range. With `including` the rows at the
 * bounds match as well.
 */
export function pageRows(
  list: AnyList,
  rows: Rows,
  request: PageRequest,
  slots: BoundSlots & { readonly limit: Expression<unknown> },
  including = false,
): Rows {
  const { ordering } = request;
  let bounded = rows;
  for (const side of ['after', 'before'] as const) {
    const [key, id] = [slots[`${side}Key`], slots[`${side}Id`]];
    if (key && id) bounded = bounded.where(beside(list, ordering, side, key, id, including));
  }
  return inOrder(list, bounded, request, slots.limit);
}

/** The first rows in the reading direction. */
export function inOrder(
  { orders, table }: AnyList,
  rows: Rows,
  request: PageRequest,
  limit: Expression<unknown>,
): Rows {
  const direction = readingDirection(request);
  return rows
    .orderBy(sql.ref(orderOf(orders, request.ordering).column), direction)
    .orderBy(sql.ref(`${table}.id`), direction)
    .limit(limit as Expression<number>);
}

/** Only rows on one side of a position. With `including` the row at the position matches as well. */
export function beside(
  { orders, table }: Pick<AnyList, 'orders' | 'table'>,
  ordering: Ordering,
  side: Side,
  key: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  including: boolean,
): Expression<SqlBool> {
  const greater = (side === 'after') === (ordering.direction === 'asc');
  const comparison = sql.raw(`${greater ? '>' : '<'}${including ? '=' : ''}`);
  const columns = sql`(${sql.ref(orderOf(orders, ordering).column)}, ${sql.ref(`${table}.id`)})`;
  return sql`${columns} ${comparison} (${key}, ${id})`;
}

/** How many rows there are, as `count`. */
export function countRows(rows: Rows): Compilable<{ count: number }> {
  return rows.select(sql<number>`count(*)`.as('count'));
}

/** How many rows each parent has, as `parent` and `count`. */
export function countByParent(column: string, rows: Rows): Compilable<{ parent: number; count: number }> {
  return rows
    .select([sql<number>`${sql.ref(column)}`.as('parent'), sql<number>`count(*)`.as('count')])
    .groupBy(sql.ref(column));
}

/** The rows of all the queries, in the order of the queries. Each query keeps its own order and limit. */
export function unionOf<Row>(db: Kysely<SealedTables>, queries: readonly Compilable<Row>[]): Compilable<Row> {
  const parts = queries.map((query) => sql`select * from (${query as unknown as Expression<unknown>}) as part`);
  const union = sql<Row>`${sql.join(parts, sql` union all `)}`;
  return { compile: () => union.compile(db) };
}

/** Widens the type of the tables, because Kysely cannot check columns that descriptions name as text. */
export function described(db: Kysely<SealedTables>): Kysely<DescribedTables> {
  return db as unknown as Kysely<DescribedTables>;
}
