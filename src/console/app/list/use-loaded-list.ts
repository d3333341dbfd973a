import { keepPreviousData, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { troubleOf, type Trouble } from '../api/trouble.ts';
import {
  emptyList,
  firstUnconfirmed,
  mergeFirstPage,
  mergePage,
  type ConnectionPage,
  type LoadedList,
} from './loaded-list.ts';

/** The first page is small, so that a thin link shows it soon; the following ones are large, so that few are needed. */
const FIRST_PAGE = 50;
const NEXT_PAGES = 250;
const PAGE_IN_VIEW = 50;

export interface PageRequest {
  first: number;
  after: string | null;
  /** Whether the page says how many rows there are in all. */
  counted: boolean;
}

export type FetchPage<Node> = (request: PageRequest, signal?: AbortSignal) => Promise<ConnectionPage<Node>>;

export interface LoadedListControl<Node> {
  list: LoadedList<Node> | undefined;
  /** Why there is no list, or why it may be out of date. */
  trouble: Trouble | undefined;
  /** The rows on show belong to the former question: the answer to the present one is under way. */
  outdated: boolean;
  loadingMore: boolean;
  moreTrouble: Trouble | undefined;
  loadMore: () => void;
  /** Says which rows are on the screen, so that these are the ones kept up to date. */
  rowsInView: (from: number, to: number) => void;
  reload: () => void;
}

/**
 * A connection as it is scrolled through. However much of it is loaded, looking at it anew costs one request for the
 * first page and one for the rows in view.
 */
export function useLoadedList<Node>(key: QueryKey, fetchPage: FetchPage<Node>): LoadedListControl<Node> {
  const queryClient = useQueryClient();
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const page = await fetchPage({ first: FIRST_PAGE, after: null, counted: true }, signal);
      return mergeFirstPage(queryClient.getQueryData<LoadedList<Node>>(key) ?? emptyList<Node>(), page);
    },
    placeholderData: keepPreviousData,
  });

  const [loadingMore, setLoadingMore] = useState(false);
  const [moreTrouble, setMoreTrouble] = useState<{ trouble: Trouble; generation: number | undefined }>();
  const busy = useRef(false);

  const fetchInto = async (after: number, first: number) => {
    const anchor = queryClient.getQueryData<LoadedList<Node>>(key)?.rows[after - 1];
    const page = await fetchPage({ first, after: anchor?.cursor ?? null, counted: false });
    queryClient.setQueryData<LoadedList<Node>>(key, (now) => {
      if (!now) return now;
      // Rows may have come or gone above while the page was under way.
      const start = anchor ? now.rows.findIndex((row) => row.cursor === anchor.cursor) + 1 : 0;
      return anchor && start === 0 ? now : mergePage(now, start, page);
    });
  };

  const run = async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    try {
      await work();
      setMoreTrouble(undefined);
    } catch (error) {
      setMoreTrouble({ trouble: troubleOf(error), generation: query.data?.generation });
    } finally {
      busy.current = false;
    }
  };

  const loadMore = () =>
    void run(async () => {
      const rows = queryClient.getQueryData<LoadedList<Node>>(key)?.rows;
      if (!rows) return;
      setLoadingMore(true);
      await fetchInto(rows.length, NEXT_PAGES).finally(() => setLoadingMore(false));
    });

  const rowsInView = (from: number, to: number) => {
    const start = query.data && firstUnconfirmed(query.data, from, to);
    if (start !== undefined) void run(() => fetchInto(start, PAGE_IN_VIEW));
  };

  return {
    list: query.data,
    trouble: query.error ? troubleOf(query.error) : undefined,
    outdated: query.isPlaceholderData,
    loadingMore,
    // Once the list was looked at anew, the trouble is over, and scrolling goes on by itself.
    moreTrouble: moreTrouble?.generation === query.data?.generation ? moreTrouble?.trouble : undefined,
    loadMore,
    rowsInView,
    reload: () => void query.refetch(),
  };
}
