import type { QueryClient } from '@tanstack/react-query';
import type { Execute } from './api/execute.ts';
import { emptyList, firstRows, mergeFirstPage, type LoadedList } from './list/loaded-list.ts';
import { keep, readKept } from './session/kept.ts';
import type { Viewer } from './session/viewer-fields.ts';
import { keepWorkspace } from './session/workspaces.js';
import { startAt } from './start-at.ts';

/** The lists whose first rows are kept, by the name that their keys in the cache begin with. */
const KEPT_LISTS = new Set<unknown>(['campaigns', 'groups']);

interface KeptList {
  key: readonly unknown[];
  list: LoadedList<unknown>;
}

/**
 * Fills the cache of a new session with the data that an earlier visit has kept, and with the first data of the page at
 * this address, which one request fetches. From then on the last list is kept for the next visit.
 */
export function fillCache(queryClient: QueryClient, execute: Execute, token: string): void {
  restore(queryClient, token);
  keepWhatArrives(queryClient, token);
  const start = startAt(location);
  if (!start) return;
  const { key } = start;
  const answer = start.ask(execute);
  void queryClient.prefetchQuery({ queryKey: ['viewer'], queryFn: async () => (await answer).viewer });
  void queryClient.prefetchQuery({
    queryKey: key,
    queryFn: async () => {
      const { page } = await answer;
      return mergeFirstPage(queryClient.getQueryData<LoadedList<unknown>>(key) ?? emptyList(), page);
    },
  });
}

function restore(queryClient: QueryClient, token: string): void {
  const { viewer, list } = readKept(token) as { viewer?: Viewer; list?: KeptList };
  // The kept data counts as very old, so that everything is fetched again.
  const updatedAt = 1;
  if (viewer) queryClient.setQueryData(['viewer'], { ...viewer, kept: true }, { updatedAt });
  if (list) queryClient.setQueryData(list.key, list.list, { updatedAt });
}

function keepWhatArrives(queryClient: QueryClient, token: string): void {
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const { queryKey, state } = event.query;
    if (queryKey[0] === 'viewer') {
      const { workspace, user } = state.data as Viewer;
      keepWorkspace({ token, uuid: workspace.uuid, name: workspace.name, email: user.email });
      keep(token, 'viewer', state.data);
    }
    // A list that is read from a place within it has a longer key.
    if (KEPT_LISTS.has(queryKey[0]) && queryKey.length === 2) {
      const list = firstRows(state.data as LoadedList<unknown>, state.dataUpdatedAt);
      keep(token, 'list', { key: queryKey, list } satisfies KeptList);
    }
  });
}
