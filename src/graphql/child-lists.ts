import DataLoader from 'dataloader';
import type { Listed } from '../model/list.ts';
import type { FilteredList, WorkspaceList } from '../model/workspace-list.ts';

/**
 * Returns a function that gives the list of one parent's nodes, such as a group's campaigns. Equal pages and counts of
 * several parents are read in one statement, so that a page of parents costs a fixed number of statements.
 */
export function childLists<Node extends Listed, Filter, ParentName extends string>(
  list: WorkspaceList<Node, Filter, object, never, ParentName>,
  parent: ParentName,
): (id: number, filter: Filter) => FilteredList<Node> {
  const loaders = new Map<string, DataLoader<number, unknown>>();

  /** Loads through the DataLoader of all equal requests. `request` identifies it. */
  const load = <Value>(request: object, id: number, read: (ids: readonly number[]) => Promise<Map<number, Value>>) => {
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
        const exists = async (one: number) =>
          list.whereParent(parent, one, filter).existsFrom(ordering, side, position);
        return new Map(await Promise.all(ids.map(async (one) => [one, await exists(one)] as const)));
      }),
  });
}

/** How many parents one statement reads for. SQLite joins at most 500 queries to one statement. */
const MAX_PARENTS = 250;

function batched<Value>(read: (ids: readonly number[]) => Promise<Map<number, Value>>): DataLoader<number, unknown> {
  return new DataLoader<number, unknown>(
    async (ids) => {
      const found = await read(ids);
      return ids.map((id) => (found.has(id) ? found.get(id) : new Error(`nothing was read for ${id}`)));
    },
    { maxBatchSize: MAX_PARENTS },
  );
}
