import type { CountedList } from './kept-counts.ts';
import { isKept, isKeptByParent } from './kept-counts.ts';
import type { Listed, ListDescription } from './list.ts';
import { orderOf } from './list.ts';
import type { Ordering } from './page.ts';
import type { Scans } from './scans.ts';
import { NO_SCANS } from './scans.ts';

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

/** An index entry that is counted and whose row is not read, as a part of a row that is read. */
const INDEX_ENTRY = 1 / 8;

/** The parts of a description that tell what its statements read. */
type ReadList<Filter> = Pick<
  ListDescription<Listed, Filter, object, never>,
  'name' | 'parents' | 'orders' | 'valuesOf' | 'unique'
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
      const each = Object.values(list.orders).some(isCovered) ? INDEX_ENTRY : 1;
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
