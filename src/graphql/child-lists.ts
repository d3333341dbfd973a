import DataLoader from 'dataloader';
import type { Listed } from '../model/list.ts';
import type { FilteredList, WorkspaceList } from '../model/workspace-list.ts';

/**
 * The lists of nodes that belong to parents, such as each group's campaigns. Pages and counts that parents ask for alike
 * are read for all of them at once, so that a page of parents costs a fixed number of statements.
 */
export function childLists<Node extends Listed, Filter, ParentName extends string>(
  list: WorkspaceList<Node, Filter, object, never, ParentName>,
  parent: ParentName,
): (id: number, filter: Filter) => FilteredList<Node> {
  const loaders = new Map<string, DataLoader<number, unknown>>();

  /** The loader for what is asked for in the same words, made when it is first asked for. */
  const load = <Value>(words: object, id: number, read: (ids: readonly number[]) => Promise<Map<number, Value>>) => {
    const key = JSON.stringify(words);
    let loader = loaders.get(key);
    if (!loader) loaders.set(key, (loader = batched(read)));
    return loader.load(id) as Promise<Value>;
  };

  return (id, filter) => ({
    ...list.whereParent(parent, id, filter),
    page: (request) => load({ request, filter }, id, (ids) => list.pagesOf(parent, ids, request, filter)),
    count: () => load({ filter }, id, (ids) => list.countsOf(parent, ids, filter)),
  });
}

function batched<Value>(read: (ids: readonly number[]) => Promise<Map<number, Value>>): DataLoader<number, unknown> {
  return new DataLoader<number, unknown>(async (ids) => {
    const found = await read(ids);
    return ids.map((id) => (found.has(id) ? found.get(id) : new Error(`nothing was read for ${id}`)));
  });
}
