import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { useExecute } from './api-context.ts';

/**
 * A mutation that changes the data of these lists. The lists are fetched again after it, also after an error, because the change may
 * have been made nevertheless.
 *
 * @param payload The field of the mutation whose payload the mutation returns.
 * @param lists The first parts of the lists' keys in the cache.
 */
export function useChange<Data, Variables, Field extends keyof Data>(
  document: TypedDocumentString<Data, Variables>,
  payload: Field,
  lists: readonly string[],
): UseMutationResult<Data[Field], Error, Variables> {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (variables: Variables) => (await execute(document, variables))[payload],
    onSettled: () => lists.forEach((list) => void queryClient.invalidateQueries({ queryKey: [list] })),
    // An answer may have a key or a secret, which stays in memory no longer than it is shown.
    gcTime: 0,
  });
}
