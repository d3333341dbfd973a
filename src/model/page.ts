import type { SqlBool } from 'kysely';
import { sql } from 'kysely';

/** Which way a list runs, seen from its start. */
export type Direction = 'asc' | 'desc';

/** What a list is ordered by: a column that is not null, then `id` in the same direction to break ties. */
export interface Ordering<Field extends string = string> {
  readonly field: Field;
  readonly direction: Direction;
}

/** A row's place in a list: its value in the ordering column, and its id. */
export interface Position {
  readonly key: number | string;
  readonly id: number;
}

/** A stretch of a list: from its start, or from its end, within the bounds, which are left out themselves. */
export interface PageRequest<Field extends string = string> {
  readonly ordering: Ordering<Field>;
  readonly from: 'start' | 'end';
  /** How many rows. */
  readonly limit: number;
  readonly after?: Position | undefined;
  readonly before?: Position | undefined;
}

/** The rows of a page in the list's order, and whether the list has more on the far side of it. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly more: boolean;
}

/** The columns of an ordering, as SQL knows them. */
export interface OrderColumns {
  readonly key: string;
  readonly id: string;
}

interface Listable<Query> {
  where(condition: ReturnType<typeof sql<SqlBool>>): Query;
}

/** Only rows on one side of a position, by a comparison of rows, which an index serves as one range. */
function beyond<Query extends Listable<Query>>(
  query: Query,
  columns: OrderColumns,
  { direction }: Ordering,
  side: 'after' | 'before',
  { key, id }: Position,
): Query {
  const comparison = (side === 'after') === (direction === 'asc') ? sql`>` : sql`<`;
  return query.where(sql<SqlBool>`(${sql.ref(columns.key)}, ${sql.ref(columns.id)}) ${comparison} (${key}, ${id})`);
}

/** Only rows at a position or on one side of it. */
export function from<Query extends Listable<Query>>(
  query: Query,
  columns: OrderColumns,
  { direction }: Ordering,
  side: 'after' | 'before',
  { key, id }: Position,
): Query {
  const comparison = (side === 'after') === (direction === 'asc') ? sql`>=` : sql`<=`;
  return query.where(sql<SqlBool>`(${sql.ref(columns.key)}, ${sql.ref(columns.id)}) ${comparison} (${key}, ${id})`);
}

interface Sortable<Query> extends Listable<Query> {
  orderBy(column: ReturnType<typeof sql.ref>, direction: Direction): Query;
  limit(count: number): Query;
}

/** The query for a page's rows and one more, which tells whether there are more. Give its rows to `pageOf`. */
export function pageQuery<Query extends Sortable<Query>>(
  query: Query,
  columns: OrderColumns,
  request: PageRequest,
): Query {
  const { ordering, from, limit, after, before } = request;
  let bounded = query;
  if (after) bounded = beyond(bounded, columns, ordering, 'after', after);
  if (before) bounded = beyond(bounded, columns, ordering, 'before', before);
  const direction = from === 'start' ? ordering.direction : opposite(ordering.direction);
  return bounded
    .orderBy(sql.ref(columns.key), direction)
    .orderBy(sql.ref(columns.id), direction)
    .limit(limit + 1);
}

/** The page that the rows of a `pageQuery` are. */
export function pageOf<Row>(found: Row[], { from, limit }: PageRequest): Page<Row> {
  const more = found.length > limit;
  const rows = more ? found.slice(0, limit) : found;
  return { rows: from === 'start' ? rows : rows.toReversed(), more };
}

function opposite(direction: Direction): Direction {
  return direction === 'asc' ? 'desc' : 'asc';
}
