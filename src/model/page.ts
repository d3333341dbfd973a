/** The direction of a list, read from its start. */
export type Direction = 'asc' | 'desc';

/** The name of one of a list's orders, and a direction. */
export interface Ordering {
  readonly field: string;
  readonly direction: Direction;
}

/** A row's place in a list: its value in the order's column, and its id. */
export interface Position {
  readonly key: number | string;
  readonly id: number;
}

/** A side of a position in a list. */
export type Side = 'after' | 'before';

/** A request for a part of a list, read from its start or its end. The rows at `after` and `before` are left out. */
export interface PageRequest {
  readonly ordering: Ordering;
  readonly from: 'start' | 'end';
  /** How many rows. */
  readonly limit: number;
  readonly after?: Position | undefined;
  readonly before?: Position | undefined;
}

/** The rows of a page, in the list's order. `more` tells whether further rows follow in the reading direction. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly more: boolean;
}

/** The direction in which the table is read for a page: a page from the list's end is read backwards. */
export function readingDirection({ ordering: { direction }, from }: PageRequest): Direction {
  if (from === 'start') return direction;
  return direction === 'asc' ? 'desc' : 'asc';
}

/** Makes a page of `read`: rows in the reading direction, up to one more than the page shows. */
export function pageOf<Row>(read: Row[], { from, limit }: PageRequest): Page<Row> {
  const more = read.length > limit;
  const rows = more ? read.slice(0, limit) : read;
  return { rows: from === 'start' ? rows : rows.toReversed(), more };
}
