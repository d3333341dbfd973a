import type { CountedList } from './kept-counts.ts';
import { isKept, isKeptByParent } from './kept-counts.ts';
import type { Listed, ListDescription } from './list.ts';
import { orderOf } from './list.ts';
import type { Ordering } from './page.ts';
import type { Scans } from './scans.ts';
import { NO_SCANS } from './scans.ts';
import { FIRST_ROWS, MAX_CANDIDATES } from './search-query.ts';

/** The most that a statement reads. */
export interface Reach {
  /** Rows that it gives. */
  readonly rows: number;
  /**
   * Rows that it looks at. For the lists of several parents this is all that is looked at for all of them, because each
   * row of the list belongs to one parent.
   */
  readonly scans: Scans;
  /** Rows that it looks at for each parent. */
  readonly scansEach: Scans;
}

/** The most that reading a list reads. The methods are those of `FilteredList`. */
export interface ListReach {
  /** A page of so many rows. */
  page(limit: number): Reach;
  existsFrom(): Reach;
  count(): Reach;
}

/**
 * What looking at other things than a row counts as, in rows. Measured on a list of a million: finding a row takes 0.16 to
 * 0.45 us, which is counted as half a microsecond.
 */
const IN_ROWS = {
  /** An entry of an index whose row is not read. */
  entry: 1 / 8,
  /** Comparing a name with a word. */
  word: 1 / 8,
  /** A candidate that the search index gives, with finding, checking and sorting its row. */
  candidate: 5 / 2,
};

/** The parts of a description that tell what its statements read. */
type ReadList<Filter> = Pick<
  ListDescription<Listed, Filter, object, never>,
  'name' | 'parents' | 'orders' | 'valuesOf' | 'unique' | 'search'
> &
  CountedList;

/** The most that reading the list with this filter and order reads. With a `parent` it is the list of one parent's nodes. */
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
  if (words > 0 && !few) return searchReach(list, names, words, belonging !== undefined);
  const inOrder = isCovered(orderOf(list.orders, ordering));
  // A filter that no index covers is compared with row after row until the page is full.
  const scans = inOrder ? NO_SCANS : [{ list: list.name, atMost: Infinity, each: 1 }];
  return {
    page: (limit) => few ?? { ...rows(limit + 1), scans },
    existsFrom: () => few ?? { ...rows(1), scans },
    count() {
      const kept = belonging
        ? isKeptByParent(list, belonging.column, list.valuesOf(filter) ?? {})
        : isKept(list, values);
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

/** The rows that values which name single rows can find, or undefined when the filter has no such value. */
function fewRows({ unique = [] }: Pick<ReadList<never>, 'unique'>, values: object): Reach | undefined {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (name === 'uuids' && Array.isArray(value)) return rows(value.length);
    if (name === 'uuid' || unique.includes(name)) return rows(1);
  }
  return undefined;
}

/** How many words the filter's search has. */
function wordsIn(values: object): number {
  const patterns: unknown = 'searchPatterns' in values ? values.searchPatterns : undefined;
  return Array.isArray(patterns) ? patterns.length : 0;
}

/** The most that a search reads: see search-query.ts. The lists of parents are searched without the search index. */
function searchReach(
  { name, search }: Pick<ReadList<never>, 'name' | 'search'>,
  names: readonly string[],
  words: number,
  ofParents: boolean,
): ListReach {
  const { compares = [], covers = [] } = search ?? {};
  const others = names.filter((other) => other !== 'searchPatterns');
  const isInIndex = !ofParents && covers.length === others.length && covers.every((value) => others.includes(value));
  const compared = words * IN_ROWS.word;
  const each = (isInIndex ? IN_ROWS.entry : 1) + compared;
  const whole = { list: name, atMost: Infinity, each };
  const scansEach = compares.map((list) => ({ list, atMost: Infinity, each: compared }));
  const reading = (candidates: number, first: number): Scans =>
    ofParents
      ? [whole]
      : [
          whole,
          { list: name, atMost: first, each: 1 + compared },
          { list: name, atMost: candidates, each: IN_ROWS.candidate },
        ];
  const pageScans = reading(MAX_CANDIDATES.page, FIRST_ROWS);
  return {
    page: (limit) => ({ rows: limit + 1, scans: pageScans, scansEach }),
    existsFrom: () => ({ rows: 1, scans: pageScans, scansEach }),
    count: () => ({ rows: 1, scans: reading(MAX_CANDIDATES.count, 0), scansEach }),
  };
}
