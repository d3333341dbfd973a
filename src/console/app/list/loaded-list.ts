/**
 * The rows of a connection that the user has scrolled to, kept up to date without loading all of them again.
 *
 * A page that arrives is merged into the loaded rows. Each row has the generation in which the server last sent it. Rows
 * of an older generation may be out of date, and are fetched again when they are visible.
 */
/** Small, so that a slow connection shows it soon. */
export const FIRST_PAGE_SIZE = 50;

export interface Row<Node> {
  id: string;
  cursor: string;
  node: Node;
}

export interface ConnectionPage<Node> {
  rows: Row<Node>[];
  hasNextPage: boolean;
  /** Undefined if the request did not ask for it. */
  totalCount?: number | undefined;
}

/** A connection in an answer. An operation selects only the field of `pageInfo` for its own direction of reading. */
export interface Connection<Node> {
  edges: readonly { cursor: string; node: Node }[];
  pageInfo: { hasNextPage?: boolean; hasPreviousPage?: boolean };
  totalCount?: number;
}

export function connectionPage<Node extends { id: string }>(connection: Connection<Node>): ConnectionPage<Node> {
  const { hasNextPage, hasPreviousPage } = connection.pageInfo;
  return {
    rows: connection.edges.map(({ cursor, node }) => ({ id: node.id, cursor, node })),
    hasNextPage: hasNextPage ?? hasPreviousPage ?? false,
    totalCount: connection.totalCount,
  };
}

export interface LoadedRow<Node> extends Row<Node> {
  /** The list's generation when the server last sent this row. */
  confirmed: number;
}

export interface LoadedList<Node> {
  rows: readonly LoadedRow<Node>[];
  hasNextPage: boolean;
  totalCount: number;
  /** How many times the first page was fetched. */
  generation: number;
  /** A new object after each change that was shown without fetching the list again. */
  change?: object;
  /** When an earlier visit has kept the list, in ms since 1970. Undefined once the server has answered. */
  keptAt?: number | undefined;
}

export function emptyList<Node>(): LoadedList<Node> {
  return { rows: [], hasNextPage: true, totalCount: 0, generation: 0 };
}

/** Merges a new first page. All rows below the page may be out of date until they are fetched again. */
export function mergeFirstPage<Node>(list: LoadedList<Node>, page: ConnectionPage<Node>): LoadedList<Node> {
  return mergePage({ ...list, generation: list.generation + 1, keptAt: undefined }, 0, page);
}

/**
 * Merges a page into the list. The page begins at the index `place` of `asked`, which is the list at the time of the request.
 *
 * If the first page was fetched while this page was on its way, the rows of the first page are newer, and those of this page may be
 * out of date. If a change was shown meanwhile, the page does not contain the change and is ignored.
 *
 * A loaded row with the same cursor as a row of the page has not moved. The last such row shows where the page ends in
 * the loaded list: loaded rows before it that are not in the page were deleted or have moved. If there is no such row,
 * the end of the page is unknown. Then the rows after the page are dropped, and are loaded again on scrolling.
 */
export function mergePage<Node>(
  list: LoadedList<Node>,
  place: number,
  page: ConnectionPage<Node>,
  asked: LoadedList<Node> = list,
): LoadedList<Node> {
  // A new object makes the table check the visible rows again.
  if (asked.change !== list.change) return { ...list };
  const anchor = asked.rows[place - 1];
  // Rows above may have been added or removed.
  const start = anchor ? list.rows.findIndex((row) => row.cursor === anchor.cursor) + 1 : 0;
  if (anchor && start === 0) return list;

  const isNewer = (row: LoadedRow<Node>) => row.confirmed > asked.generation;
  const newer = new Set(list.rows.filter(isNewer).map((row) => row.id));
  const own = page.rows.filter((row) => !newer.has(row.id));
  const inPage = new Set(own.map((row) => row.id));
  const from = Math.max(start, list.rows.map(isNewer).lastIndexOf(true) + 1);
  const before = list.rows.slice(0, from).filter((row) => !inPage.has(row.id));
  const fresh = own.map((row) => ({ ...row, confirmed: asked.generation }));
  const lastShared = page.hasNextPage ? lastSharedIndex(list, start, page) : undefined;
  const rest = lastShared === undefined ? [] : list.rows.slice(Math.max(lastShared + 1, from));
  const after = rest.filter((row) => !inPage.has(row.id));
  // If the page is older than the first page, new rows may have been added after its end since.
  const hasMore = page.hasNextPage || asked.generation < list.generation;
  return {
    ...list,
    rows: [...before, ...fresh, ...after],
    hasNextPage: after.length > 0 ? list.hasNextPage : hasMore,
    totalCount: page.totalCount ?? list.totalCount,
  };
}

/** The index in the list of the last row that is in the page too, at the same cursor. */
function lastSharedIndex<Node>(list: LoadedList<Node>, start: number, page: ConnectionPage<Node>): number | undefined {
  const positions = new Map<string, number>();
  for (let index = start; index < list.rows.length; index += 1) {
    const row = list.rows[index];
    if (row) positions.set(row.cursor, index);
  }
  for (const row of [...page.rows].reverse()) {
    const position = positions.get(row.cursor);
    if (position !== undefined) return position;
  }
  return undefined;
}

/** Replaces the nodes of some rows. `nodes` has the new nodes by row id; null removes the row. */
export function replaceNodes<Node>(list: LoadedList<Node>, nodes: ReadonlyMap<string, Node | null>): LoadedList<Node> {
  const rows = list.rows.flatMap((row) => {
    const node = nodes.get(row.id);
    return node === null ? [] : [node === undefined ? row : { ...row, node }];
  });
  return { ...list, rows, totalCount: list.totalCount - list.rows.length + rows.length, change: {} };
}

/** The index of the first row between `from` and `to` that may be out of date. */
export function firstUnconfirmed<Node>(list: LoadedList<Node>, from: number, to: number): number | undefined {
  for (let index = from; index <= to; index += 1) {
    const row = list.rows[index];
    if (row && row.confirmed < list.generation) return index;
  }
  return undefined;
}

/** What is kept of a list for the next visit: its first page, and when it was read. */
export function firstRows<Node>(list: LoadedList<Node>, readAt: number): LoadedList<Node> {
  return {
    ...list,
    rows: list.rows.slice(0, FIRST_PAGE_SIZE),
    hasNextPage: list.hasNextPage || list.rows.length > FIRST_PAGE_SIZE,
    keptAt: list.keptAt ?? readAt,
  };
}

/** Whether what the cache has under a key is a list. */
export function isLoadedList(data: unknown): data is LoadedList<unknown> {
  return typeof data === 'object' && data !== null && 'rows' in data && 'generation' in data;
}

/** Where in the list the user begins to read. `Place` is what the server takes as `startAt`. */
export type ReadFrom<Place> = 'start' | 'end' | Place;

/** What a table shows: the rows of two lists that begin at one place and go in opposite directions. */
export interface ShownList<Node> {
  rows: readonly LoadedRow<Node>[];
  hasPreviousPage: boolean;
  hasNextPage: boolean;
  totalCount: number;
  /** The place of the first row in the whole list, from 0. Undefined if rows above are not loaded and not known. */
  firstIndex: number | undefined;
}

/**
 * Joins the rows above a place, which are read upwards, and the rows below it. One of the two may be missing. `within` says
 * whether there can be rows above although `up` is missing.
 */
export function joinLists<Node>(
  up: LoadedList<Node> | undefined,
  down: LoadedList<Node> | undefined,
  within: boolean,
): ShownList<Node> {
  const rows = [...[...(up?.rows ?? [])].reverse(), ...(down?.rows ?? [])];
  const totalCount = down?.totalCount ?? up?.totalCount ?? 0;
  const hasNextPage = down?.hasNextPage ?? false;
  const hasPreviousPage = up?.hasNextPage ?? within;
  const firstIndex = hasPreviousPage ? (hasNextPage ? undefined : totalCount - rows.length) : 0;
  return { rows, hasPreviousPage, hasNextPage, totalCount, firstIndex };
}
