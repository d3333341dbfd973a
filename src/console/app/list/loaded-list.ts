/**
 * As much of a connection as has been scrolled to, kept right without loading it all again.
 *
 * A fresh page is merged into what is loaded, at the place it was asked for. Rows that were not in that page keep the
 * generation in which they were last confirmed, so that the older ones can be asked for when they come into view.
 */
export interface Row<Node> {
  id: string;
  cursor: string;
  node: Node;
}

export interface ConnectionPage<Node> {
  rows: Row<Node>[];
  hasNextPage: boolean;
  /** Absent when the page was asked for without a count. */
  totalCount?: number | undefined;
}

export interface LoadedRow<Node> extends Row<Node> {
  /** The list's generation when the server last showed this row. */
  confirmed: number;
}

export interface LoadedList<Node> {
  rows: readonly LoadedRow<Node>[];
  hasNextPage: boolean;
  totalCount: number;
  /** Counts the times that the list was looked at anew. */
  generation: number;
}

export function emptyList<Node>(): LoadedList<Node> {
  return { rows: [], hasNextPage: true, totalCount: 0, generation: 0 };
}

/** The list after its first page was asked for anew: everything below that page is in doubt until it is seen again. */
export function mergeFirstPage<Node>(list: LoadedList<Node>, page: ConnectionPage<Node>): LoadedList<Node> {
  return mergePage({ ...list, generation: list.generation + 1 }, 0, page);
}

/**
 * The list after the page that follows its row `start - 1` was asked for.
 *
 * The last row of the page that stands where it stood before (its cursor is the same) ties the page to what is loaded:
 * what lay between and is not in the page is gone. If there is no such row, nothing says how far the page reaches, and
 * the list ends with the page until more is loaded.
 */
export function mergePage<Node>(list: LoadedList<Node>, start: number, page: ConnectionPage<Node>): LoadedList<Node> {
  const inPage = new Set(page.rows.map((row) => row.id));
  const before = list.rows.slice(0, start).filter((row) => !inPage.has(row.id));
  const fresh = page.rows.map((row) => ({ ...row, confirmed: list.generation }));
  const tie = page.hasNextPage ? lastTie(list, start, page) : undefined;
  const after = tie === undefined ? [] : list.rows.slice(tie + 1).filter((row) => !inPage.has(row.id));
  return {
    ...list,
    rows: [...before, ...fresh, ...after],
    hasNextPage: tie === undefined ? page.hasNextPage : after.length > 0 ? list.hasNextPage : page.hasNextPage,
    totalCount: page.totalCount ?? list.totalCount,
  };
}

function lastTie<Node>(list: LoadedList<Node>, start: number, page: ConnectionPage<Node>): number | undefined {
  const positions = new Map<string, number>();
  for (let index = start; index < list.rows.length; index += 1) {
    const row = list.rows[index];
    if (row) positions.set(row.cursor, index);
  }
  for (const row of page.rows.toReversed()) {
    const position = positions.get(row.cursor);
    if (position !== undefined) return position;
  }
  return undefined;
}

/** The list with another node in a row's place, after the row itself was changed here. */
export function replaceNode<Node>(list: LoadedList<Node>, id: string, node: Node): LoadedList<Node> {
  return { ...list, rows: list.rows.map((row) => (row.id === id ? { ...row, node } : row)) };
}

/** The list without a row that no longer belongs to it. */
export function removeRow<Node>(list: LoadedList<Node>, id: string): LoadedList<Node> {
  const rows = list.rows.filter((row) => row.id !== id);
  return rows.length === list.rows.length ? list : { ...list, rows, totalCount: list.totalCount - 1 };
}

/** The first row among those in view that the server has not shown since the list was last looked at. */
export function firstUnconfirmed<Node>(list: LoadedList<Node>, from: number, to: number): number | undefined {
  for (let index = from; index <= to; index += 1) {
    const row = list.rows[index];
    if (row && row.confirmed < list.generation) return index;
  }
  return undefined;
}
