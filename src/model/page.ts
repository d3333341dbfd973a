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

/** On which side of a position. */
export type Side = 'after' | 'before';

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

/** The values of a page's request in a statement: see database/statements.ts. */
export interface PageValues {
  readonly afterKey?: number | string | undefined;
  readonly afterId?: number | undefined;
  readonly beforeKey?: number | string | undefined;
  readonly beforeId?: number | undefined;
  readonly limit: number;
}

/** One row more than the page has is asked for: it tells whether there are more. */
export function pageValues({ limit, after, before }: PageRequest): PageValues {
  return {
    afterKey: after?.key,
    afterId: after?.id,
    beforeKey: before?.key,
    beforeId: before?.id,
    limit: limit + 1,
  };
}

/** What a page's statement is called: pages that differ in nothing else have the same SQL. */
export function pageName(list: string, { ordering, from }: PageRequest): string {
  return `${list} by ${ordering.field} ${ordering.direction} from ${from}`;
}

interface Sortable<Query> {
  where(condition: ReturnType<typeof sql<SqlBool>>): Query;
  orderBy(column: ReturnType<typeof sql.ref>, direction: Direction): Query;
  limit(count: number): Query;
}

/** The query for a page's rows, from a query for the rows of the whole list. Its rows are for `pageOf`. */
export function pageQuery<Query extends Sortable<Query>>(
  list: Query,
  columns: OrderColumns,
  { ordering, from }: PageRequest,
  { afterKey, afterId, beforeKey, beforeId, limit }: PageValues,
): Query {
  let bounded = list;
  if (afterKey !== undefined && afterId !== undefined) {
    bounded = bounded.where(besides(columns, ordering, 'after', { key: afterKey, id: afterId }));
  }
  if (beforeKey !== undefined && beforeId !== undefined) {
    bounded = bounded.where(besides(columns, ordering, 'before', { key: beforeKey, id: beforeId }));
  }
  const direction = from === 'start' ? ordering.direction : opposite(ordering.direction);
  return bounded.orderBy(sql.ref(columns.key), direction).orderBy(sql.ref(columns.id), direction).limit(limit);
}

/** The page that the rows of a `pageQuery` are. */
export function pageOf<Row>(found: Row[], { from, limit }: PageRequest): Page<Row> {
  const more = found.length > limit;
  const rows = more ? found.slice(0, limit) : found;
  return { rows: from === 'start' ? rows : rows.toReversed(), more };
}

/** Only rows on one side of a position: a comparison of rows, which an index serves as one range. */
function besides(columns: OrderColumns, ordering: Ordering, side: Side, position: Position) {
  return compare(columns, isGreater(ordering, side) ? sql`>` : sql`<`, position);
}

/** Only rows at a position or on one side of it. */
export function from(columns: OrderColumns, ordering: Ordering, side: Side, position: Position) {
  return compare(columns, isGreater(ordering, side) ? sql`>=` : sql`<=`, position);
}

function isGreater({ direction }: Ordering, side: Side): boolean {
  return (side === 'after') === (direction === 'asc');
}

function compare(columns: OrderColumns, comparison: ReturnType<typeof sql>, { key, id }: Position) {
  return sql<SqlBool>`(${sql.ref(columns.key)}, ${sql.ref(columns.id)}) ${comparison} (${key}, ${id})`;
}

function opposite(direction: Direction): Direction {
  return direction === 'asc' ? 'desc' : 'asc';
}
