import type { Compilable, Expression, Kysely, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { IndexSearch, SearchIndex } from '../database/search-index.ts';
import type { SealedTables, SlotOf, Slots } from '../database/statements.ts';
import { equals } from './conditions.ts';
import { isSearchedInIndex, orderOf } from './list.ts';
import type { AnyList, BoundSlots, ListSlots, Rows } from './list-query.ts';
import { conditionOf, described, inOrder, matching, pageRows, withColumns } from './list-query.ts';
import type { PageRequest } from './page.ts';

// How a page of a search is read, in at most two statements. First the beginning of the list is looked at, in the list's
// order: when the words are common, that fills the page. Otherwise the engine's index gives candidates. Few candidates
// are checked and sorted. With many of them the list is read in its order until the page is full, because that ends soon
// where many rows match. Each way gives the same rows.

/** How many rows of the list's beginning are looked at before the index is asked. */
export const FIRST_ROWS = 1_000;

/** How many candidates are sorted for a page, and how many are checked for a count. Both take about 10 ms. */
export const MAX_CANDIDATES = { page: 8_000, count: 20_000 };

type SearchSlots = ListSlots & Slots<IndexSearch>;
type PageSlots = BoundSlots & { readonly limit: SlotOf<number> };

/** The rows of a page among the first FIRST_ROWS rows in reading direction, counted from the page's bound if it has one. */
export function pageOfFirstRows<Row>(
  list: AnyList,
  db: Kysely<SealedTables>,
  slots: ListSlots & PageSlots,
  request: PageRequest,
  including: boolean,
): Compilable<Row> {
  const order = request.ordering.field;
  const unsearched = matching(list, db, { ...slots, searchPatterns: undefined }, order);
  const first = pageRows(list, unsearched, request, { ...slots, limit: sql.lit(FIRST_ROWS) }, including);
  const found = described(db)
    .selectFrom(first.selectAll(list.table).as(list.table))
    .where(conditionOf(list, db, slots, 'searchPatterns', order) ?? sql<SqlBool>`1 = 1`);
  return withColumns<Row>(list, inOrder(list, found, request, slots.limit));
}

/** The rows of a page, by the engine's index. */
export function pageByIndex<Row>(
  list: AnyList,
  index: SearchIndex,
  db: Kysely<SealedTables>,
  slots: SearchSlots & PageSlots,
  request: PageRequest,
  including: boolean,
): Compilable<Row> {
  const { found, few } = candidatesOf(list, index, db, slots, MAX_CANDIDATES.page);
  const candidates = matching(list, db, slots, request.ordering.field, found.rows);
  // Only one of the two parts is read. PostgreSQL skips the other because of its outer condition, and plans better with a known limit.
  // SQLite skips it only with a limit of 0.
  const slotsIf = (condition: Expression<unknown>) =>
    index.plansByCost ? slots : { ...slots, limit: sql<number>`case when ${condition} then ${slots.limit} else 0 end` };
  const ways = [
    pageRows(list, candidates, request, slotsIf(few), including),
    walkedRows(list, index, db, slotsIf(sql`not (${few})`), request, including),
  ];
  const [sorted, walked] = ways.map((rows) => withColumns<Row>(list, rows) as unknown as Expression<unknown>);
  const query = sql<Row>`${found.with}
    select * from (${sorted}) as sorted where ${few} union all select * from (${walked}) as walked where not (${few})`;
  return { compile: () => query.compile(db) };
}

/**
 * The rows of a page, found by reading the list in its order. A search reads an index that holds the column that it compares, if
 * there is one: see `Order.searched`.
 */
export function walkedRows(
  list: AnyList,
  index: SearchIndex,
  db: Kysely<SealedTables>,
  slots: ListSlots & BoundSlots & { readonly limit: Expression<unknown> },
  request: PageRequest,
  including: boolean,
): Rows {
  const order = request.ordering.field;
  const walk = (more: object) =>
    pageRows(list, matching(list, db, { ...slots, ...more }, order), request, slots, including);
  const listOrder = orderOf(list.orders, request.ordering);
  const names = ['uuid', 'uuids', ...Object.keys(list.conditions)].filter((name) => name in slots);
  if (!slots.searchPatterns || !isSearchedInIndex(listOrder, names)) return walk({});
  const apart = listOrder.searched?.apart;
  const leftOpen =
    apart && !(apart.value in slots) ? apart.each.map((value) => ({ [apart.value]: sql.lit(value) })) : [];
  if (index.plansByCost) {
    // Select only the id first: PostgreSQL reads the row of each index entry that it compares, unless the index has all columns that
    // the statement needs.
    const walks = (leftOpen.length > 0 ? leftOpen : [{}]).map((more) =>
      walk(more).select(sql.ref(`${list.table}.id`).as('id')),
    );
    return inOrder(list, rowsWithIds(list, index, db, slots, unionOfPages(db, walks)), request, slots.limit);
  }
  if (leftOpen.length === 0) return walk({});
  const all = unionOfPages(
    db,
    leftOpen.map((more) => walk(more).selectAll(list.table)),
  );
  return inOrder(list, described(db).selectFrom(all.as(list.table)), request, slots.limit);
}

/** The union of queries. Each becomes a subquery, because only a subquery can have its own order and limit within a union. */
function unionOfPages(db: Kysely<SealedTables>, pages: readonly Rows[]): Rows {
  return pages
    .map((page) => described(db).selectFrom(page.as('page')).selectAll())
    .reduce((one, other) => one.unionAll(other));
}

/** The list's rows with the ids that `ids` selects. `ids` is read first, and then each row is looked up by its id. */
function rowsWithIds(
  list: AnyList,
  { plansByCost }: SearchIndex,
  db: Kysely<SealedTables>,
  { workspace }: ListSlots,
  ids: Rows,
): Rows {
  const found = described(db).selectFrom(ids.as('found'));
  const isFound = sql<SqlBool>`${sql.ref(`${list.table}.id`)} = ${sql.ref('found.id')}`;
  if (!plansByCost) return found.crossJoin(list.table).where(isFound);
  // Without the limit PostgreSQL reads the whole table once, because it estimates this as cheaper than many look-ups.
  const row = described(db)
    .selectFrom(list.table)
    .selectAll()
    .where(equals(`${list.table}.workspace_id`)(workspace))
    .where(isFound)
    .limit(sql.lit(1));
  return found.crossJoinLateral(row.as(list.table));
}

/** How many rows there are, as `count`, by the engine's index. */
export function countByIndex(
  list: AnyList,
  index: SearchIndex,
  db: Kysely<SealedTables>,
  slots: SearchSlots,
): Compilable<{ count: number }> {
  const { found, few } = candidatesOf(list, index, db, slots, MAX_CANDIDATES.count);
  const counts = [matching(list, db, slots, undefined, found.rows), matching(list, db, slots)];
  const [checked, counted] = counts.map((rows) => rows.select(sql`count(*)`.as('count')));
  const query = sql<{ count: number }>`${found.with}
    select case when ${few} then (${checked}) else (${counted}) end as count`;
  return { compile: () => query.compile(db) };
}

/** The list's rows that are among the candidates, and the condition that there are no more candidates than `max`. */
function candidatesOf(list: AnyList, index: SearchIndex, db: Kysely<SealedTables>, slots: SearchSlots, max: number) {
  if (!list.search) throw new Error(`the list of ${list.table} has no search`);
  const candidates = index.candidates(list.search.table, slots, sql.lit(max + 1));
  return {
    found: {
      with: sql`with candidates as materialized (${candidates})`,
      rows: rowsWithIds(list, index, db, slots, described(db).selectFrom('candidates').selectAll()),
    },
    few: sql`(select count(*) from candidates) <= ${sql.lit(max)}`,
  };
}
