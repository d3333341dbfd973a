import type { QueryClient } from '@tanstack/react-query';
import type { LoadedList } from './loaded-list.ts';

/** The first node of the loaded lists of this subject that is the wanted one; undefined if none has it. */
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
