import DataLoader from 'dataloader';
import type { Listed } from '../model/list.ts';
import type { Page, PageRequest } from '../model/page.ts';
import type { FilteredList } from '../model/workspace-list.ts';

/** The lists of nodes that belong to parents of one type, by the parent's key. See `WorkspaceList` and `Changes`. */
export interface ParentLists<Node, Filter, ParentName, Key> {
  whereParent(parent: ParentName, key: Key, filter: Filter): FilteredList<Node>;
  pagesOf(
    parent: ParentName,
    keys: readonly Key[],
    request: PageRequest,
    filter: Filter,
  ): Promise<Map<Key, Page<Node>>>;
  countsOf(parent: ParentName, keys: readonly Key[], filter: Filter): Promise<Map<Key, number>>;
}

/**
 * Returns a function that gives the list of one parent's nodes, such as a group's campaigns. Equal pages and counts of
 * several parents are read in one statement, so that a page of parents costs a fixed number of statements.
 */
export function childLists<Node extends Listed, Filter, ParentName extends string, Key extends number | string>(
  list: ParentLists<Node, Filter, ParentName, Key>,
  parent: ParentName,
): (key: Key, filter: Filter) => FilteredList<Node> {
  const loaders = new Map<string, DataLoader<Key, unknown>>();

  /** Loads through the DataLoader of all equal requests. `request` identifies it. */
  const load = <Value>(request: object, id: Key, read: (ids: readonly Key[]) => Promise<Map<Key, Value>>) => {
    const key = JSON.stringify(request);
    let loader = loaders.get(key);
    if (!loader) loaders.set(key, (loader = batched(read)));
    return loader.load(id) as Promise<Value>;
  };

  return (id, filter) => ({
    ...list.whereParent(parent, id, filter),
    page: (request) => load({ request, filter }, id, (ids) => list.pagesOf(parent, ids, request, filter)),
    count: () => load({ filter }, id, (ids) => list.countsOf(parent, ids, filter)),
    // One statement for each parent. Equal questions about one parent are asked once.
    existsFrom: (ordering, side, position) =>
      load({ ordering, side, position, filter }, id, async (ids) => {
        const exists = async (one: Key) => list.whereParent(parent, one, filter).existsFrom(ordering, side, position);
        return new Map(await Promise.all(ids.map(async (one) => [one, await exists(one)] as const)));
      }),
  });
}

/** How many parents one statement reads for. SQLite joins at most 500 queries to one statement. */
const MAX_PARENTS = 250;

function batched<Key extends number | string, Value>(
  read: (ids: readonly Key[]) => Promise<Map<Key, Value>>,
): DataLoader<Key, unknown> {
  return new DataLoader<Key, unknown>(
    async (ids) => {
      const found = await read(ids);
      return ids.map((id) => (found.has(id) ? found.get(id) : new Error(`nothing was read for ${id}`)));
    },
    { maxBatchSize: MAX_PARENTS },
  );
}
