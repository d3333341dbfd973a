import { sql } from 'kysely';
import type { Session } from '../database/database.ts';
import type { IndexSearch } from '../database/search-index.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { equals, oneOf } from './conditions.ts';
import { isCountKept, isCountKeptByParent, keptCount, keptCountByParent } from './kept-counts.ts';
import { joinedRows } from './joined-rows.ts';
import type { Listed, ListDescription, Order } from './list.ts';
import { beside, countByParent, countRows, matching, pageRows, unionOf, withColumns } from './list-query.ts';
import type { Ordering, Page, PageRequest, Position, Side } from './page.ts';
import { pageOf } from './page.ts';
import { countByIndex, pageByIndex, pageOfFirstRows, walkedRows } from './search-query.ts';

/** A list with its filter, as a connection reads it. The order is chosen for each page. */
export interface FilteredList<Node> {
  readonly name: string;
  readonly orders: Readonly<Record<string, Order<Node>>>;
  /**
   * One page. One statement, or at most two for a search, and one more for joined rows that are not cached yet. When something is
   * committed in between, the page is read again without the cache.
   */
  page(request: PageRequest): Promise<Page<Node>>;
  /** Whether the list has a node at the position or on this side of it. One statement, or at most two for a search. */
  existsFrom(ordering: Ordering, side: Side, position: Position): Promise<boolean>;
  /** How many nodes the list has. One statement. */
  count(): Promise<number>;
}

/** The objects of one type in one workspace. */
export class WorkspaceList<
  Node extends Listed,
  Filter,
  Values extends object,
  Row extends object,
  ParentName extends string,
  Joined,
> {
  readonly #list: ListDescription<Node, Filter, Values, Row, ParentName, Joined>;
  readonly #session: Session;
  readonly #workspace: WorkspaceId;

  constructor(
    list: ListDescription<Node, Filter, Values, Row, ParentName, Joined>,
    session: Session,
    workspace: WorkspaceId,
  ) {
    this.#list = list;
    this.#session = session;
    this.#workspace = workspace;
  }

  /** The nodes that the filter matches. */
  where(filter: Filter): FilteredList<Node> {
    const { name, orders } = this.#list;
    return {
      name,
      orders,
      page: (request) => this.#page(request, filter),
      existsFrom: (ordering, side, position) => this.#existsFrom(ordering, side, position, filter),
      count: () => this.#count(filter),
    };
  }

  /** The nodes of one parent that the filter matches. */
  whereParent(parent: ParentName, id: number, filter: Filter): FilteredList<Node> {
    return this.where(this.#list.parents[parent].within(filter, id));
  }

  /** The node, or null when there is none. */
  async byUuid(uuid: string): Promise<Node | null> {
    const list = this.#list;
    const row = await this.#session.first(`${list.name} by UUID`, { workspace: this.#workspace, uuid }, (db, slots) =>
      withColumns<Row>(list, matching(list, db, slots)),
    );
    return row ? list.toNode(row as Row) : null;
  }

  /** The existing nodes among `uuids`, in no particular order. */
  async byUuids(uuids: readonly string[]): Promise<Node[]> {
    if (uuids.length === 0) return [];
    const list = this.#list;
    const rows = await this.#session.all(`${list.name} by UUIDs`, { workspace: this.#workspace, uuids }, (db, slots) =>
      withColumns<Row>(list, matching(list, db, slots)),
    );
    return rows.map((row) => list.toNode(row as Row));
  }

  /**
   * For each parent, the requested page of its nodes that the filter matches. The map's keys are `ids`. One statement.
   */
  async pagesOf(
    parent: ParentName,
    ids: readonly number[],
    request: PageRequest,
    filter: Filter,
  ): Promise<Map<number, Page<Node>>> {
    const list = this.#list;
    const { column, idOf } = list.parents[parent];
    const values: object | null = list.valuesOf(filter);
    const rows = values
      ? await this.#session.all(
          `${list.name} of each ${parent} ${pageName(request)}`,
          { ...values, ...pageValues(request), workspace: this.#workspace, parents: ids },
          (db, slots) =>
            unionOf(
              db,
              slots.parents.map((id) => {
                const children = matching(list, db, slots, request.ordering.field).where(equals(column)(id));
                return withColumns<Row>(list, pageRows(list, children, request, slots));
              }),
            ),
        )
      : [];
    const found = Map.groupBy(
      rows.map((row) => list.toNode(row as Row)),
      (node) => idOf(node),
    );
    return new Map(ids.map((id) => [id, pageOf(found.get(id) ?? [], request)]));
  }

  /** For each parent, how many of its nodes the filter matches. The map's keys are `ids`. One statement. */
  async countsOf(parent: ParentName, ids: readonly number[], filter: Filter): Promise<Map<number, number>> {
    const list = this.#list;
    const { column } = list.parents[parent];
    const values: object | null = list.valuesOf(filter);
    const rows = values
      ? await this.#session.all(
          `${list.name} counts of each ${parent}`,
          { ...values, workspace: this.#workspace, parents: ids },
          (db, slots) =>
            isCountKeptByParent(list, column, values)
              ? keptCountByParent(list, db, slots)
              : countByParent(column, matching(list, db, slots).where(oneOf(column)(slots.parents))),
        )
      : [];
    const counts = new Map(rows.map((row) => [row.parent, Number(row.count)]));
    return new Map(ids.map((id) => [id, counts.get(id) ?? 0]));
  }

  async #page(request: PageRequest, filter: Filter): Promise<Page<Node>> {
    const list = this.#list;
    const values: object | null = list.valuesOf(filter);
    if (!values) return { rows: [], more: false };
    const nodes =
      (await this.#nodesOfRemembered(request, values, filter)) ?? (await this.#nodes(request, values, filter));
    return pageOf(nodes, request);
  }

  async #nodes(request: PageRequest, values: object, filter: Filter): Promise<Node[]> {
    const rows = await this.#rows(request, values, filter);
    return rows.map((row) => this.#list.toNode(row as Row));
  }

  /** The nodes of a page, with cached joined rows: see joined-rows.ts. Returns null when the page must be read with the join. */
  async #nodesOfRemembered(request: PageRequest, values: object, filter: Filter): Promise<Node[] | null> {
    const { join, toNode } = this.#list;
    const shared = join?.shared;
    const state = shared && this.#session.remembered?.begin();
    if (!state) return null;
    const rows = (await this.#rows(request, values, filter, { joins: false })) as Row[];
    const joined = await joinedRows(this.#session, state, join, shared, this.#workspace, rows);
    return joined && rows.map((row, place) => toNode(row, joined[place]));
  }

  /**
   * The rows of a page, up to one more than the page shows. With `including`, also the rows at its bounds. Without `joins`, only
   * the table's own columns. search-query.ts explains how a search is read.
   */
  async #rows(
    request: PageRequest,
    given: object,
    filter: Filter,
    { including = false, joins = true } = {},
  ): Promise<unknown[]> {
    const list = joins ? this.#list : { ...this.#list, join: undefined };
    const { searchIndex } = this.#session;
    const name = `${list.name} ${pageName(request)}${including ? ' including' : ''}${joins ? '' : ' alone'}`;
    const values = { ...given, ...pageValues(request), workspace: this.#workspace };
    if (searchIndex.mayNarrow(this.#wordsOf(filter))) {
      const first = await this.#session.all(`${name} first rows`, values, (db, slots) =>
        pageOfFirstRows<Row>(list, db, slots, request, including),
      );
      if (first.length > request.limit) return first;
      const search = await this.#indexSearch(filter);
      if (search) {
        return this.#session.all(`${name} by index`, { ...values, ...search }, (db, slots) =>
          pageByIndex<Row>(list, searchIndex, db, slots, request, including),
        );
      }
    }
    return this.#session.all(name, values, (db, slots) =>
      withColumns<Row>(list, walkedRows(list, searchIndex, db, slots, request, including)),
    );
  }

  #wordsOf(filter: Filter): readonly string[] {
    return this.#list.search?.wordsOf(filter) ?? [];
  }

  /** The filter's search as the engine's index takes it; null when there is none, or the index cannot help. */
  async #indexSearch(filter: Filter): Promise<IndexSearch | null> {
    const { search } = this.#list;
    const { searchIndex } = this.#session;
    const words = this.#wordsOf(filter);
    if (!search || !searchIndex.mayNarrow(words)) return null;
    return searchIndex.searchFor(this.#session, search.table, this.#workspace, words);
  }

  async #existsFrom(ordering: Ordering, side: Side, position: Position, filter: Filter): Promise<boolean> {
    const list = this.#list;
    const values: object | null = list.valuesOf(filter);
    if (!values) return false;
    if (this.#wordsOf(filter).length) {
      const from = side === 'after' ? 'start' : 'end';
      const rows = await this.#rows({ ordering, from, limit: 0, [side]: position }, values, filter, {
        including: true,
        joins: false,
      });
      return rows.length > 0;
    }
    const row = await this.#session.first(
      `${list.name} exists ${side} by ${ordering.field} ${ordering.direction}`,
      { ...values, workspace: this.#workspace, key: position.key, id: position.id },
      (db, slots) =>
        matching(list, db, slots, ordering.field)
          .where(beside(list, ordering, side, slots.key, slots.id, true))
          .select(sql.lit(1).as('found'))
          .limit(sql.lit(1)),
    );
    return row !== undefined;
  }

  async #count(filter: Filter): Promise<number> {
    const list = this.#list;
    const values: object | null = list.valuesOf(filter);
    if (!values) return 0;
    const search = await this.#indexSearch(filter);
    if (search) {
      const counted = await this.#session.first(
        `${list.name} count by index`,
        { ...values, ...search, workspace: this.#workspace },
        (db, slots) => countByIndex(list, this.#session.searchIndex, db, slots),
      );
      return Number(counted?.count ?? 0);
    }
    const row = await this.#session.first(
      `${list.name} count`,
      { ...values, workspace: this.#workspace },
      (db, slots) => (isCountKept(list, values) ? keptCount(list, db, slots) : countRows(matching(list, db, slots))),
    );
    return Number(row?.count ?? 0);
  }
}

/**
 * The part of a statement's name that a page adds. Pages that differ only in their values share it, and so share their
 * SQL.
 */
function pageName({ ordering, from }: PageRequest): string {
  return `by ${ordering.field} ${ordering.direction} from ${from}`;
}

/** The values of a page in its statement. */
function pageValues({ limit, after, before }: PageRequest) {
  return {
    afterKey: after?.key,
    afterId: after?.id,
    beforeKey: before?.key,
    beforeId: before?.id,
    // One row more than the page shows: it tells whether there are more.
    limit: limit + 1,
  };
}
