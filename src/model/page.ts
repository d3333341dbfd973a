/** Which way a list runs, seen from its start. */
export type Direction = 'asc' | 'desc';

/** One of a list's orders, by name, and the direction in which the list runs. */
export interface Ordering {
  readonly field: string;
  readonly direction: Direction;
}

/** A row's place in a list: its value in the order's column, and its id. */
export interface Position {
  readonly key: number | string;
  readonly id: number;
}

/** On which side of a position. */
export type Side = 'after' | 'before';

/** A part of a list: from its start or from its end, within the bounds. The bounds themselves are left out. */
export interface PageRequest {
  readonly ordering: Ordering;
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

/** The direction in which the table is read for a page: a page from the list's end is read backwards. */
export function readingDirection({ ordering: { direction }, from }: PageRequest): Direction {
  if (from === 'start') return direction;
  return direction === 'asc' ? 'desc' : 'asc';
}

/** The page that was asked for, from the rows as they were read: up to one more than it shows, in the reading direction. */
export function pageOf<Row>(read: Row[], { from, limit }: PageRequest): Page<Row> {
  const more = read.length > limit;
  const rows = more ? read.slice(0, limit) : read;
  return { rows: from === 'start' ? rows : rows.toReversed(), more };
}
