import type { Result } from '../../model/user-error.ts';

/** The members that all payloads share, and the object as `value`, which is null when there are user errors. */
export function outcome<Value>(
  { clientMutationId = null }: { clientMutationId?: string | null | undefined },
  result: Result<Value>,
) {
  return 'errors' in result
    ? { clientMutationId, value: null, userErrors: result.errors }
    : { clientMutationId, value: result.value, userErrors: [] };
}
