import type { QueryClient } from '@tanstack/react-query';
import type { Execute } from './api/execute.ts';
import { emptyList, firstRows, isLoadedList, mergeFirstPage, type LoadedList } from './list/loaded-list.ts';
import { allScrollPositions, restoreScrollPositions } from './list/scroll-positions.ts';
import { keep, readKept } from './session/kept.ts';
import type { Viewer } from './session/viewer-fields.ts';
import { keepWorkspace, type AddedWorkspace } from './session/workspaces.js';
import { startAt } from './start-at.ts';

/** The lists whose first rows are kept, by the name that their keys in the cache begin with. */
const KEPT_LISTS = new Set<unknown>(['campaigns', 'groups']);

interface KeptList {
  key: readonly unknown[];
  list: LoadedList<unknown>;
}

/** Where the user is in the lists, and the rows that are loaded, because a position means nothing without the rows above it. */
interface KeptPlace {
  positions: ReturnType<typeof allScrollPositions>;
  lists: KeptList[];
}

/**
 * Keeps the place for the time after a reload. Browsers have room for about 8,000 loaded rows; beyond that, the list begins at its start.
 * Replaced with each session.
 */
let keepPlace = () => {};
window.addEventListener('pagehide', () => keepPlace());

/**
 * Fills the cache of a new session with the data that an earlier visit has kept, and with the first data of the page at
 * this address, which one request fetches. From then on the last list is kept for the next visit. `onAdded` is called when the server
 * has said to which workspace the token belongs, if the user has just added it.
 */
export function fillCache(
  queryClient: QueryClient,
  execute: Execute,
  token: string,
  onAdded: (added: AddedWorkspace) => void,
): void {
  restore(queryClient, token);
  keepWhatArrives(queryClient, token, onAdded);
  keepPlace = () => keep(token, 'place', placeOf(queryClient));
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
  const { viewer, list, place } = readKept(token) as { viewer?: Viewer; list?: KeptList; place?: KeptPlace };
  // The kept data counts as very old, so that everything is fetched again.
  const updatedAt = 1;
  if (viewer) queryClient.setQueryData(['viewer'], { ...viewer, kept: true }, { updatedAt });
  const isSameVisit = performance.getEntriesByType('navigation').some(isReturn);
  for (const kept of [...(list ? [list] : []), ...(isSameVisit && place ? place.lists : [])]) {
    queryClient.setQueryData(kept.key, kept.list, { updatedAt });
  }
  if (!place) return;
  if (isSameVisit) restoreScrollPositions(place.positions);
  // It is large, and is written again when the page is left.
  keep(token, 'place', undefined);
}

function keepWhatArrives(queryClient: QueryClient, token: string, onAdded: (added: AddedWorkspace) => void): void {
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const { queryKey, state } = event.query;
    if (queryKey[0] === 'viewer') {
      const { workspace, user } = state.data as Viewer;
      const added = keepWorkspace({ token, uuid: workspace.uuid, name: workspace.name, email: user.email });
      if (added) onAdded(added);
      keep(token, 'viewer', state.data);
    }
    // A list that is read from a place within it has a longer key.
    if (KEPT_LISTS.has(queryKey[0]) && queryKey.length === 2) {
      const list = firstRows(state.data as LoadedList<unknown>, state.dataUpdatedAt);
      keep(token, 'list', { key: queryKey, list } satisfies KeptList);
    }
  });
}

/** Whether the page was loaded again or came by Back. A link leads to the top of the list. */
function isReturn(entry: PerformanceEntry): boolean {
  return entry instanceof PerformanceNavigationTiming && (entry.type === 'reload' || entry.type === 'back_forward');
}

function placeOf(queryClient: QueryClient): KeptPlace {
  const lists = queryClient.getQueryCache().findAll({ predicate: ({ state }) => isLoadedList(state.data) });
  return {
    positions: allScrollPositions(),
    lists: lists.map(({ queryKey, state }) => {
      const list = state.data as LoadedList<unknown>;
      return { key: queryKey, list: { ...list, keptAt: list.keptAt ?? state.dataUpdatedAt } };
    }),
  };
}
