import { hashKey, keepPreviousData, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { errorDetails, type ErrorDetails } from '../api/request-error.ts';
import {
  emptyList,
  FIRST_PAGE_SIZE,
  firstUnconfirmed,
  joinLists,
  mergeFirstPage,
  mergePage,
  type ConnectionPage,
  type LoadedList,
  type ReadFrom,
  type ShownList,
} from './loaded-list.ts';

/** Large, so that few requests are needed. */
const NEXT_PAGE_SIZE = 250;
/** Enough rows to fill a screen. */
const VISIBLE_PAGE_SIZE = 50;

export interface PageRequest<Place> {
  /** Backwards pages have the rows before `cursor` or `startAt`, or else the last ones of the list. */
  backwards: boolean;
  size: number;
  cursor: string | null;
  startAt: Place | null;
  /** Whether to count all rows. */
  counted: boolean;
}

/** Fetches a page. Its rows are in the list's order, also if it is read backwards. */
export type FetchPage<Node, Place> = (
  request: PageRequest<Place>,
  signal?: AbortSignal,
) => Promise<ConnectionPage<Node>>;

const NOTHING_LOADING = { loading: false, error: undefined };

/** The arguments of a connection for a page, without `startAt`, which not every connection has. */
export function pageArguments<Place>({ backwards, size, cursor, counted }: PageRequest<Place>) {
  return {
    first: backwards ? null : size,
    last: backwards ? size : null,
    after: backwards ? null : cursor,
    before: backwards ? cursor : null,
    backwards,
    counted,
  };
}

export interface LoadedListControl<Node> {
  list: ShownList<Node> | undefined;
  /** Why the first page could not be loaded. An older list may be shown. */
  error: ErrorDetails | undefined;
  /** True while the rows of the previous filter are shown, because those of the new one are being loaded. */
  outdated: boolean;
  /** When the shown rows were kept by an earlier visit, in ms since 1970. Undefined once the server has answered. */
  keptAt: number | undefined;
  /** Whether the list is read from its start, where new rows are shown as they come. */
  readsFromStart: boolean;
  /** The rows below those that are loaded, and those above them. */
  below: MoreRows;
  above: MoreRows;
  /** Whether scrolling up loads rows. In a list that begins within, the user asks for the rows above once, unless there are no others. */
  isAboveAsked: boolean;
  /** Tells the list which rows are visible. If they may be out of date, they are fetched again. */
  onRowsVisible: (from: number, to: number) => void;
  reload: () => void;
}

export interface MoreRows {
  loading: boolean;
  error: ErrorDetails | undefined;
  load: () => void;
}

/**
 * Loads a connection as the user scrolls, down from where the user begins to read, and up from there. A refresh needs two
 * requests for each direction that is loaded, no matter how many rows are: one for the first page, and one for the
 * visible rows.
 *
 * @param isChanging Whether a change is on its way that the list shows already. A refresh that is answered meanwhile may be without it, and
 * is ignored. The list has to be refreshed after the change.
 */
export function useLoadedList<Node, Place extends object = never>(
  key: QueryKey,
  fetchPage: FetchPage<Node, Place>,
  readFrom: ReadFrom<Place> = 'start',
  isChanging: () => boolean = () => false,
): LoadedListControl<Node> {
  const place = typeof readFrom === 'object' ? readFrom : null;
  // A list from its start keeps its plain key, because other code looks up the list by that key.
  const keyOf = (direction: 'down' | 'up') =>
    readFrom === 'start' && direction === 'down' ? key : [...key, readFrom, direction];
  const [wantsAbove, setWantsAbove] = useState<Place>();
  const isAboveShown = place !== null && sameValue(wantsAbove, place);
  const isMain = { down: readFrom !== 'end', up: readFrom === 'end' };
  const down = useOneWay(keyOf('down'), forPlace(fetchPage, place, false), {
    enabled: isMain.down,
    counted: isMain.down,
    isChanging,
    placeholder: keepPreviousData,
  });
  // When no row follows the place, there is nothing to read but the rows above.
  if (place !== null && !isAboveShown && !down.outdated && down.list?.rows.length === 0) setWantsAbove(place);
  const up = useOneWay(keyOf('up'), forPlace(fetchPage, place, true), {
    enabled: isMain.up || isAboveShown,
    counted: isMain.up,
    isChanging,
  });
  const main = isMain.up ? up : down;

  const isLoaded = main.list !== undefined;
  const within = place !== null;
  // The same object while nothing changes, because effects depend on it.
  const list = useMemo(
    () => (isLoaded ? joinLists(up.list, down.list, within) : undefined),
    [isLoaded, up.list, down.list, within],
  );

  return {
    list,
    readsFromStart: readFrom === 'start',
    error: main.error,
    outdated: main.outdated,
    keptAt: main.list?.keptAt,
    below: down.more,
    above: isAboveShown || !place ? up.more : { ...NOTHING_LOADING, load: () => setWantsAbove(place) },
    isAboveAsked: isAboveShown || !place,
    onRowsVisible(from, to) {
      const rowsUp = up.list?.rows.length ?? 0;
      down.onRowsVisible(Math.max(0, from - rowsUp), to - rowsUp);
      up.onRowsVisible(Math.max(0, rowsUp - 1 - to), rowsUp - 1 - from);
    },
    reload: main.reload,
  };
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A list's pages in the direction of reading, as if it began at the place. */
function forPlace<Node, Place>(fetchPage: FetchPage<Node, Place>, place: Place | null, backwards: boolean) {
  return async (
    request: Pick<PageRequest<Place>, 'size' | 'cursor' | 'counted'>,
    signal?: AbortSignal,
  ): Promise<ConnectionPage<Node>> => {
    const startAt = request.cursor === null ? place : null;
    const page = await fetchPage({ ...request, backwards, startAt }, signal);
    return backwards ? { ...page, rows: [...page.rows].reverse() } : page;
  };
}

type FetchOneWay<Node> = ReturnType<typeof forPlace<Node, never>>;

interface OneWayOptions {
  enabled: boolean;
  /** Whether to count the rows of the whole list. */
  counted: boolean;
  isChanging: () => boolean;
  /** Shows the rows of the previous key until those of the new one are there. */
  placeholder?: typeof keepPreviousData;
}

/** Loads the pages of one direction, one after the other. The rows are in the direction of reading. */
function useOneWay<Node>(
  key: QueryKey,
  fetchPage: FetchOneWay<Node>,
  { enabled, counted, isChanging, placeholder }: OneWayOptions,
) {
  const queryClient = useQueryClient();
  const query = useQuery<LoadedList<Node>>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const page = await fetchPage({ size: FIRST_PAGE_SIZE, cursor: null, counted }, signal);
      const now = queryClient.getQueryData<LoadedList<Node>>(key);
      return now && isChanging() ? now : mergeFirstPage(now ?? emptyList<Node>(), page);
    },
    ...(placeholder && { placeholderData: placeholder }),
    enabled,
  });
  const list = enabled ? query.data : undefined;

  // The hook outlives the list: a request for another key may still be on its way, and concerns that list only.
  const id = hashKey(key);
  const running = useRef<{ id: string; rows: 'visible' | 'more' }>(undefined);
  /** The list whose rows beyond the loaded ones were asked for while its visible rows were being fetched. */
  const waiting = useRef<string>(undefined);
  const [loading, setLoading] = useState<string>();
  const [failed, setFailed] = useState<{ id: string; generation: number | undefined; error: ErrorDetails }>();

  const fetchInto = async (after: number, size: number, isIgnored = () => false) => {
    const asked = queryClient.getQueryData<LoadedList<Node>>(key);
    const page = await fetchPage({ size, cursor: asked?.rows[after - 1]?.cursor ?? null, counted: false });
    queryClient.setQueryData<LoadedList<Node>>(key, (now) =>
      now && !isIgnored() ? mergePage(now, after, page, asked) : now,
    );
    return page;
  };

  const fetchMore = async ({ rows }: LoadedList<Node>) => {
    const page = await fetchInto(rows.length, NEXT_PAGE_SIZE);
    // If the list was refreshed meanwhile, only another request can tell whether this was the last page.
    const now = queryClient.getQueryData<LoadedList<Node>>(key);
    if (!page.hasNextPage && now?.hasNextPage) await fetchInto(now.rows.length, NEXT_PAGE_SIZE);
  };

  const run = async (rows: 'visible' | 'more', work: () => Promise<unknown>) => {
    if (running.current?.id === id) {
      // Only `more` has to wait: the table asks for visible rows again whenever the rows have changed.
      if (rows === 'more' && running.current.rows === 'visible') waiting.current = id;
      return;
    }
    running.current = { id, rows };
    try {
      await work();
      setFailed((now) => (now?.id === id ? undefined : now));
    } catch (error) {
      setFailed({ id, generation: list?.generation, error: errorDetails(error) });
    } finally {
      if (running.current?.id === id) running.current = undefined;
      if (waiting.current === id) {
        waiting.current = undefined;
        load();
      }
    }
  };

  const load = () =>
    void run('more', async () => {
      const loaded = queryClient.getQueryData<LoadedList<Node>>(key);
      if (!loaded) return void query.refetch();
      setLoading(id);
      await fetchMore(loaded).finally(() => setLoading((now) => (now === id ? undefined : now)));
    });

  return {
    list,
    error: query.error ? errorDetails(query.error) : undefined,
    outdated: query.isPlaceholderData,
    more: {
      loading: loading === id || query.isLoading,
      // A refresh ends the error, so that scrolling loads more rows again.
      error: failed?.id === id && failed.generation === list?.generation ? failed.error : undefined,
      load,
    },
    onRowsVisible(from: number, to: number) {
      const start = list && firstUnconfirmed(list, from, to);
      if (start !== undefined) void run('visible', () => fetchInto(start, VISIBLE_PAGE_SIZE, isChanging));
    },
    reload: () => void query.refetch(),
  };
}
