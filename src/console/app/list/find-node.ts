import type { QueryClient } from '@tanstack/react-query';
import type { LoadedList } from './loaded-list.ts';

/** Searches the loaded lists of this subject for a node. Returns undefined if no list has it. */
export function findNode<Node>(
  queryClient: QueryClient,
  subject: string,
  isWanted: (node: Node) => boolean,
): Node | undefined {
  for (const [, list] of queryClient.getQueriesData<LoadedList<Node>>({ queryKey: [subject] })) {
    const row = list?.rows.find(({ node }) => isWanted(node));
    if (row) return row.node;
  }
  return undefined;
}
