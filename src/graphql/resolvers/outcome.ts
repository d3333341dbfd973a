import type { Result, UserErrorCode } from '../../model/user-error.ts';
import type { UserErrorCode as ShownCode } from '../generated/resolvers.ts';

/** The codes that only the model or only the schema has. User errors are shown as the model gives them, so there must be none. */
type Unpaired = Exclude<UserErrorCode | ShownCode, UserErrorCode & ShownCode>;
true satisfies [Unpaired] extends [never] ? true : Unpaired;

/** The members that all payloads share, and the object as `value`, which is null when there are user errors. */
export function outcome<Value>(
  { clientMutationId = null }: { clientMutationId?: string | null | undefined },
  result: Result<Value>,
) {
  return 'errors' in result
    ? { clientMutationId, value: null, userErrors: result.errors }
    : { clientMutationId, value: result.value, userErrors: [] };
}
