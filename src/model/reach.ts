import type { CountedList } from './kept-counts.ts';
import { isCountKept, isCountKeptByParent } from './kept-counts.ts';
import type { Listed, ListDescription, Order } from './list.ts';
import { isSearchedInIndex, orderOf } from './list.ts';
import type { Ordering } from './page.ts';
import type { Scan, Scans } from './scans.ts';
import { NO_SCANS } from './scans.ts';
import { FIRST_ROWS, MAX_CANDIDATES } from './search-query.ts';

/** The most that a statement reads. */
export interface Reach {
  /** The rows that it returns. */
  readonly rows: number;
  /**
   * The rows that it scans. When it reads the lists of several parents, this is the total for all parents, because each row of
   * the list belongs to one parent.
   */
  readonly scans: Scans;
  /** The rows that it scans once for each parent. */
  readonly scansEach: Scans;
}

/** The maximum that each method of `FilteredList` reads. */
export interface ListReach {
  /** A page of so many rows. */
  page(limit: number): Reach;
  existsFrom(): Reach;
  count(): Reach;
}

/**
 * The cost of other reads than that of a row, in rows. Measured on lists of 200,000 to a million rows: reading a row takes 0.16 to
 * 0.45 us, which counts as 0.5 us.
 */
export const IN_ROWS = {
  /** An entry of an index whose row is not read: 0.02 to 0.04 us. */
  entry: 0.125,
  /** An entry of an index that holds the search key: 0.085 us, and 0.01 us for each word that it is compared with. */
  searchedEntry: 0.17,
  word: 0.02,
  /** A name in another list, for each word that it is compared with. */
  comparedName: 0.5,
  /** A candidate of the search index, with finding, checking and, for a page, sorting its row. */
  candidate: { page: 2.5, count: 1 },
};

/**
 * How many returned rows a UUID of a filter counts as, whether a row has it or not: it is looked up in an index by itself, which takes
 * three times as long as the next row of a page.
 */
const ROWS_PER_UUID = 3;

/** The parts of a description that tell what its statements read. */
type ReadList<Filter> = Pick<
  ListDescription<Listed, Filter, object, never>,
  'name' | 'parents' | 'orders' | 'valuesOf' | 'unique' | 'search'
> &
  CountedList;

/** The maximum that is read of the list with this filter and order. With `parent`, it is for the lists of parents of this name. */
export function reachOf<Filter>(
  list: ReadList<Filter>,
  filter: Filter,
  ordering: Ordering,
  parent?: string,
): ListReach {
  const belonging = parent === undefined ? undefined : list.parents[parent];
  const values: object | null = list.valuesOf(belonging ? belonging.within(filter, 0) : filter);
  if (!values) return { page: () => rows(0), existsFrom: () => rows(0), count: () => rows(0) };
  const names = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const isCovered = ({ covers = [] }: { readonly covers?: readonly string[] }) =>
    names.every((name) => covers.includes(name));
  const few = fewRows(list, values);
  const words = wordsIn(values);
  if (words > 0) return searchReach(list, names, words, ordering, { ofParents: belonging !== undefined, few });
  const inOrder = isCovered(orderOf(list.orders, ordering));
  // When no index covers the filter, rows are compared with it one by one until the page is full.
  const scans = inOrder ? NO_SCANS : [{ list: list.name, atMost: Infinity, each: 1 }];
  return {
    page: (limit) => few ?? { ...rows(limit + 1), scans },
    existsFrom: () => few ?? { ...rows(1), scans },
    count() {
      const kept = belonging
        ? isCountKeptByParent(list, belonging.column, list.valuesOf(filter) ?? {})
        : isCountKept(list, values);
      if (kept) return rows(1);
      if (few) return few;
      const each = Object.values(list.orders).some(isCovered) ? IN_ROWS.entry : 1;
      return { ...rows(1), scans: [{ list: list.name, atMost: Infinity, each }] };
    },
  };
}

function rows(count: number): Reach {
  return { rows: count, scans: NO_SCANS, scansEach: NO_SCANS };
}

/** The maximum number of rows for a filter with UUIDs or another unique value. Returns undefined when the filter has none. */
function fewRows({ unique = [] }: Pick<ReadList<never>, 'unique'>, values: object): Reach | undefined {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (name === 'uuids' && Array.isArray(value)) return rows(value.length * ROWS_PER_UUID);
    if (name === 'uuid' || unique.includes(name)) return rows(1);
  }
  return undefined;
}

/** How many words the filter's search has. */
function wordsIn(values: object): number {
  const patterns: unknown = 'searchPatterns' in values ? values.searchPatterns : undefined;
  return Array.isArray(patterns) ? patterns.length : 0;
}

/**
 * The maximum that a search reads: see search-query.ts. The search index is not used for the lists of parents, and for lists that it
 * does not contain.
 */
function searchReach(
  { name, orders, search }: Pick<ReadList<never>, 'name' | 'orders' | 'search'>,
  names: readonly string[],
  words: number,
  ordering: Ordering,
  { ofParents, few }: { readonly ofParents: boolean; readonly few: Reach | undefined },
): ListReach {
  const isInIndex = (order: Order<Listed>) => !ofParents && isSearchedInIndex(order, names);
  // A count can use an index of any order.
  const countsEntries = Object.values(orders).some(isInIndex);
  const walksEntries = isInIndex(orderOf(orders, ordering));
  const scan = (atMost: number, each: number): Scan => ({ list: name, atMost, each });
  const whole = (ofEntries: boolean) =>
    few ? [] : [scan(Infinity, (ofEntries ? IN_ROWS.searchedEntry : 1) + words * IN_ROWS.word)];
  const scansEach = (search?.compares ?? []).map((list) => ({
    list,
    atMost: Infinity,
    each: words * IN_ROWS.comparedName,
  }));
  const isIndexed = search !== undefined && !ofParents;
  const pageScans = [
    ...whole(walksEntries),
    ...(isIndexed ? [scan(FIRST_ROWS, 1), scan(MAX_CANDIDATES.page, IN_ROWS.candidate.page)] : []),
  ];
  const countScans = [
    ...whole(countsEntries),
    ...(isIndexed ? [scan(MAX_CANDIDATES.count, IN_ROWS.candidate.count)] : []),
  ];
  return {
    page: (limit) => ({ rows: few?.rows ?? limit + 1, scans: pageScans, scansEach }),
    existsFrom: () => ({ rows: 1, scans: pageScans, scansEach }),
    count: () => ({ rows: 1, scans: countScans, scansEach }),
  };
}
