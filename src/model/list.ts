import type { Expression, Kysely, RawBuilder, SqlBool } from 'kysely';
import type { SearchedTable } from '../database/search-index.ts';
import type { SealedTables, Slots } from '../database/statements.ts';
import type { Flag } from '../database/tables.ts';
import type { Ordering, Position } from './page.ts';

/** The members of every listed object. */
export interface Listed {
  /** The row's number in its table. Clients never see it, except within cursors. */
  readonly id: number;
  readonly uuid: string;
}

/** An order of a list: by a column that is never null. Ties are ordered by `id`, in the same direction. */
export interface Order<Node> {
  /** The column as SQL knows it, such as `campaigns.created_on`. */
  readonly column: string;
  /** Cursors write integers and texts differently. */
  readonly type: 'integer' | 'text';
  /** The node's value in the column. */
  keyOf(node: Node): number | string;
  /**
   * The filter's values that indexes of this order cover, in any combination. A page whose filter sets only these values is one
   * range of an index. Other values are compared with the rows one by one. Without `covers`, the indexes cover no values.
   */
  readonly covers?: readonly string[];
  /**
   * Set when an index of this order also holds the column that a search compares, so that rows that do not match need not be read.
   * `allows` names the filter's other values that such an index holds. When the index begins with one of these values, its entries
   * are in order only within one value. `apart` names this value: when the filter does not set it, the list is read once for each
   * value in `each`.
   */
  readonly searched?: {
    readonly allows: readonly string[];
    readonly apart?: { readonly value: string; readonly each: readonly Flag[] };
  };
}

/** How nodes belong to nodes of another type, their parents. */
export interface Parent<Node, Filter> {
  /** The column that holds the parent's `id`. */
  readonly column: string;
  /** The `id` of the node's parent. */
  idOf(node: Node): number;
  /** The same filter, for the nodes of one parent only. */
  within(filter: Filter, id: number): Filter;
}

/** What a condition knows about the statement that it is part of. */
export interface ConditionContext {
  /** Builds subqueries. */
  readonly db: Kysely<SealedTables>;
  readonly workspace: RawBuilder<unknown>;
  /** The name of the list's order; undefined where rows are counted or looked up. */
  readonly order: string | undefined;
}

/** Values whose conditions are the same in every list. A description does not repeat them. */
type CommonName = 'uuid' | 'uuids';

/** The SQL condition of each value of a filter; null when the condition of another value covers it. */
export type Conditions<Values> = {
  readonly [Name in Exclude<keyof Values, CommonName>]-?: (
    slot: Exclude<Slots<Values>[Name], undefined>,
    context: ConditionContext,
    slots: Slots<Values>,
  ) => Expression<SqlBool> | null;
};

/** How a list is searched by words. The filter's value of this search is `searchPatterns`, see conditions.ts. */
export interface ListSearch<Filter> {
  /** The list's table, whose rows the engine's search index has. */
  readonly table: SearchedTable;
  /** The words of the filter's search; null or none when it does not search. */
  wordsOf(filter: Filter): readonly string[] | null;
  /** Other lists whose items are compared with the words in each statement. */
  readonly compares?: readonly string[];
}

/** A column of the list. Rows with different values in it have separate counts in `list_counts`. */
export interface CountedBy<Values> {
  readonly column: string;
  /** The filter's values that choose between the counts, each with its condition on `list_counts`. */
  readonly conditions: Partial<Conditions<Values>>;
}

/**
 * The lengths of a list that are kept in `list_counts`: of the whole list and, with `parent`, of the list of each parent; with
 * `archived`, separately for archived rows and others. A count whose filter sets only values of these conditions is read from
 * there. Code that writes the list's rows must update the kept counts: see kept-counts.ts.
 */
export interface KeptCounts<Values> {
  /** By the column that tells whether a row is archived, with conditions on `list_counts.is_archived`. */
  readonly archived?: CountedBy<Values>;
  /** By the column that holds the parent's id, with conditions on `list_counts.parent_id`. */
  readonly parent?: CountedBy<Values>;
}

/** A table with exactly one row for each row of a list's table. */
export interface Join<Row, Joined> {
  readonly table: string;
  /** The pairs of columns that must be equal. */
  readonly on: readonly (readonly [joined: string, column: string])[];
  /** The joined table's columns that `toNode` reads. */
  readonly columns: readonly string[];
  /** For a joined row that many rows of the list share: how it is read separately, once for all of them. See joined-rows.ts. */
  readonly shared?: SharedRow<Row, Joined>;
}

/** How a joined row is read separately from the list's rows. */
export interface SharedRow<Row, Joined> {
  /** The joined table's id column, with the alias that the id has in the list's rows: `groups.id as group_id`. */
  readonly id: string;
  idOf(row: Row): number;
  /** `row` has only the id and the joined table's columns. */
  toJoined(row: Row): Joined;
}

/**
 * The description of a list of one type, as data. `WorkspaceList` makes pages, counts and look-ups from it, and
 * graphql/connection.ts makes connections.
 *
 * `Filter` is what callers pass. `Values` are the values of a statement that a filter sets. `Row` is a row of `columns` and those
 * of the join.
 */
export interface ListDescription<
  Node extends Listed,
  Filter,
  Values extends object,
  Row extends object,
  ParentName extends string = string,
  Joined = never,
> {
  /** The list's name in cursors, in statements, and in the schema's `Query`. */
  readonly name: string;
  /** The table. It must have the columns `id`, `uuid`, `workspace_id` and `is_active`. */
  readonly table: string;
  /** The table's columns that `toNode` reads, as Kysely's `select` takes them. */
  readonly columns: readonly string[];
  readonly join?: Join<Row, Joined>;
  /** `joined` is given where the joined row has been read apart. The row has only the table's own columns then. */
  toNode(row: Row, joined?: Joined): Node;
  readonly orders: Readonly<Record<string, Order<Node>>>;
  readonly parents: Readonly<Record<ParentName, Parent<Node, Filter>>>;
  /** A condition for the rows that lists may show. Deleted rows are never shown, also without it. */
  readonly shown?: Expression<SqlBool>;
  /** The filter's values. A value that the filter does not set is undefined. null when no row can match the filter. */
  valuesOf(filter: Filter): Values | null;
  readonly conditions: Conditions<Values>;
  /** The filter's values, besides UUIDs, that find at most one row, by an index. */
  readonly unique?: readonly string[];
  /** Without it the list cannot be searched. */
  readonly search?: ListSearch<Filter>;
  /** Without it all counts count rows. */
  readonly keptCounts?: KeptCounts<Values>;
}

/** Returns the description unchanged. The call lets the compiler infer its types. */
export function describeList<
  Node extends Listed,
  Filter,
  Values extends object,
  Row extends object,
  ParentName extends string = never,
  Joined = never,
>(
  description: ListDescription<Node, Filter, Values, Row, ParentName, Joined>,
): ListDescription<Node, Filter, Values, Row, ParentName, Joined> {
  return description;
}

/** UUIDs as values of a statement. A single UUID has a slot of its own, because SQLite need not sort a single row. */
export function uuidValues(uuids: readonly string[] | undefined): {
  uuid?: string | undefined;
  uuids?: readonly string[] | undefined;
} {
  return uuids?.length === 1 ? { uuid: uuids[0] } : { uuids };
}

/** The order of this name. Throws when the list has no such order. */
export function orderOf<ListOrder>(orders: Readonly<Record<string, ListOrder>>, { field }: Ordering): ListOrder {
  const order = orders[field];
  if (!order) throw new Error(`the list has no order "${field}"`);
  return order;
}

/** Whether an index of this order holds everything that a search compares, for a filter that sets the values with these names. */
export function isSearchedInIndex({ searched }: Pick<Order<never>, 'searched'>, names: readonly string[]): boolean {
  return searched !== undefined && names.every((name) => name === 'searchPatterns' || searched.allows.includes(name));
}

/** The position of a node in a list with this ordering. */
export function positionOf<Node extends Listed>(
  { orders }: { readonly orders: Readonly<Record<string, Order<Node>>> },
  ordering: Ordering,
  node: Node,
): Position {
  return { key: orderOf(orders, ordering).keyOf(node), id: node.id };
}

/** The position right before the first row whose key equals `key` or comes after it in the ordering. No row has this position. */
export function positionBefore({ direction }: Ordering, key: number | string): Position {
  return { key, id: direction === 'asc' ? 0 : Number.MAX_SAFE_INTEGER };
}
