import type { Expression, Kysely, RawBuilder, SqlBool } from 'kysely';
import type { SealedTables, Slots } from '../database/statements.ts';
import type { Ordering, Position } from './page.ts';

/** What every listed object has. */
export interface Listed {
  /** The row's number in its table. It never leaves the process, cursors excepted. */
  readonly id: number;
  readonly uuid: string;
}

/** An order of a list: by a column that is never null, then by `id` in the same direction to break ties. */
export interface Order<Node> {
  /** The column as SQL knows it, such as `campaigns.created_on`. */
  readonly column: string;
  /** Integers and texts are written differently in cursors. */
  readonly type: 'integer' | 'text';
  /** The node's value in the column. */
  keyOf(node: Node): number | string;
}

/** By which column the nodes belong to nodes of another type. */
export interface Parent<Node, Filter> {
  readonly column: string;
  /** The `id` of the node's parent. */
  idOf(node: Node): number;
  /** The filter of one parent's nodes. */
  within(filter: Filter, id: number): Filter;
}

/** Where a condition stands. */
export interface ConditionContext {
  /** Builds subqueries. */
  readonly db: Kysely<SealedTables>;
  readonly workspace: RawBuilder<unknown>;
  /** The name of the list's order; undefined where rows are counted or looked up. */
  readonly order: string | undefined;
}

/** Values that every list has a condition for: they need none in a description. */
type CommonName = 'uuid' | 'uuids';

/** How each value of a filter bounds a list; null where the condition of another value covers it. */
export type Conditions<Values> = {
  readonly [Name in Exclude<keyof Values, CommonName>]-?: (
    slot: Exclude<Slots<Values>[Name], undefined>,
    context: ConditionContext,
    slots: Slots<Values>,
  ) => Expression<SqlBool> | null;
};

/**
 * What a list of one type is, as data. Pages, counts and look-ups are made from it by `WorkspaceList`, and connections by
 * graphql/connection.ts.
 *
 * `Filter` is what callers say, `Values` are the values that it sets in a statement, and `Row` is what `columns` select.
 */
export interface ListDescription<
  Node extends Listed,
  Filter,
  Values extends object,
  Row extends object,
  ParentName extends string = string,
> {
  /** The list's name in cursors, in statements, and in the schema's `Query`. */
  readonly name: string;
  /** The table, whose rows have `id`, `uuid`, `workspace_id` and `is_active`. */
  readonly table: string;
  /** What `toNode` reads: columns of the table and of the joined one, as Kysely's `select` takes them. */
  readonly columns: readonly string[];
  /** A table that has one row for each row of the list's, and the pairs of columns that are equal. */
  readonly join?: { readonly table: string; readonly on: readonly (readonly [joined: string, column: string])[] };
  toNode(row: Row): Node;
  readonly orders: Readonly<Record<string, Order<Node>>>;
  readonly parents: Readonly<Record<ParentName, Parent<Node, Filter>>>;
  /** Keeps rows out that no list of the type ever shows. Deleted rows are kept out in any case. */
  readonly shown?: Expression<SqlBool>;
  /** The filter's values, undefined where it does not set them; null when no row can meet the filter. */
  valuesOf(filter: Filter): Values | null;
  readonly conditions: Conditions<Values>;
}

/** The description as it is. The compiler finds its types. */
export function describeList<
  Node extends Listed,
  Filter,
  Values extends object,
  Row extends object,
  ParentName extends string = never,
>(
  description: ListDescription<Node, Filter, Values, Row, ParentName>,
): ListDescription<Node, Filter, Values, Row, ParentName> {
  return description;
}

/** UUIDs as the values of a statement. A single one is at most one row, which needs no sorting. */
export function uuidValues(uuids: readonly string[] | undefined): {
  uuid?: string | undefined;
  uuids?: readonly string[] | undefined;
} {
  return uuids?.length === 1 ? { uuid: uuids[0] } : { uuids };
}

/** One of a list's orders. Throws where the list has none of the name. */
export function orderOf<ListOrder>(orders: Readonly<Record<string, ListOrder>>, { field }: Ordering): ListOrder {
  const order = orders[field];
  if (!order) throw new Error(`the list has no order "${field}"`);
  return order;
}

/** Where a node stands in a list of this ordering. */
export function positionOf<Node extends Listed>(
  { orders }: { readonly orders: Readonly<Record<string, Order<Node>>> },
  ordering: Ordering,
  node: Node,
): Position {
  return { key: orderOf(orders, ordering).keyOf(node), id: node.id };
}
