import { keepPreviousData, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { errorDetails, type ErrorDetails } from '../api/request-error.ts';
import {
  emptyList,
  firstUnconfirmed,
  mergeFirstPage,
  mergePage,
  type ConnectionPage,
  type LoadedList,
} from './loaded-list.ts';

/** Small, so that a slow connection shows it soon. */
const FIRST_PAGE_SIZE = 50;
/** Large, so that few requests are needed. */
const NEXT_PAGE_SIZE = 250;
/** Enough rows to fill a screen. */
const VISIBLE_PAGE_SIZE = 50;

export interface PageRequest {
  first: number;
  after: string | null;
  /** Whether to count all rows. */
  counted: boolean;
}

export type FetchPage<Node> = (request: PageRequest, signal?: AbortSignal) => Promise<ConnectionPage<Node>>;

export interface LoadedListControl<Node> {
  list: LoadedList<Node> | undefined;
  /** Why the first page could not be loaded. An older list may be shown. */
  error: ErrorDetails | undefined;
  /** True while the rows of the previous filter are shown, because those of the new one are being loaded. */
  outdated: boolean;
  loadingMore: boolean;
  loadMoreError: ErrorDetails | undefined;
  loadMore: () => void;
  /** Tells the list which rows are visible. If they may be out of date, they are fetched again. */
  onRowsVisible: (from: number, to: number) => void;
  reload: () => void;
}

/**
 * Loads a connection as the user scrolls. A refresh needs two requests, no matter how many rows are loaded: one for the
 * first page, and one for the visible rows.
 */
export function useLoadedList<Node>(key: QueryKey, fetchPage: FetchPage<Node>): LoadedListControl<Node> {
  const queryClient = useQueryClient();
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const page = await fetchPage({ first: FIRST_PAGE_SIZE, after: null, counted: true }, signal);
      return mergeFirstPage(queryClient.getQueryData<LoadedList<Node>>(key) ?? emptyList<Node>(), page);
    },
    placeholderData: keepPreviousData,
  });

  const [loadingMore, setLoadingMore] = useState(false);
  const [loadMoreError, setLoadMoreError] = useState<{ error: ErrorDetails; generation: number | undefined }>();
  const busy = useRef(false);

  const fetchInto = async (after: number, first: number) => {
    const anchor = queryClient.getQueryData<LoadedList<Node>>(key)?.rows[after - 1];
    const page = await fetchPage({ first, after: anchor?.cursor ?? null, counted: false });
    queryClient.setQueryData<LoadedList<Node>>(key, (now) => {
      if (!now) return now;
      // Rows above may have been added or removed while the page was loading.
      const start = anchor ? now.rows.findIndex((row) => row.cursor === anchor.cursor) + 1 : 0;
      return anchor && start === 0 ? now : mergePage(now, start, page);
    });
  };

  const run = async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    try {
      await work();
      setLoadMoreError(undefined);
    } catch (error) {
      setLoadMoreError({ error: errorDetails(error), generation: query.data?.generation });
    } finally {
      busy.current = false;
    }
  };

  const loadMore = () =>
    void run(async () => {
      const rows = queryClient.getQueryData<LoadedList<Node>>(key)?.rows;
      if (!rows) return;
      setLoadingMore(true);
      await fetchInto(rows.length, NEXT_PAGE_SIZE).finally(() => setLoadingMore(false));
    });

  const onRowsVisible = (from: number, to: number) => {
    const start = query.data && firstUnconfirmed(query.data, from, to);
    if (start !== undefined) void run(() => fetchInto(start, VISIBLE_PAGE_SIZE));
  };

  return {
    list: query.data,
    error: query.error ? errorDetails(query.error) : undefined,
    outdated: query.isPlaceholderData,
    loadingMore,
    // A refresh ends the error, so that scrolling loads more rows again.
    loadMoreError: loadMoreError?.generation === query.data?.generation ? loadMoreError?.error : undefined,
    loadMore,
    onRowsVisible,
    reload: () => void query.refetch(),
  };
}
