import type { Result, UserErrorCode } from '../../model/user-error.ts';
import { errorsOf } from '../../model/user-error.ts';
import type { UserErrorCode as ShownCode } from '../generated/resolvers.ts';

/** The codes that only the model or only the schema has. User errors are shown as the model gives them, so there must be none. */
type Unpaired = Exclude<UserErrorCode | ShownCode, UserErrorCode & ShownCode>;
true satisfies [Unpaired] extends [never] ? true : Unpaired;

/** The payload of a mutation: the fields that all payloads have, and those of its own. `fieldsOf` gets null when there are user errors. */
export function payload<Value, Fields extends object>(
  { clientMutationId = null }: { readonly clientMutationId?: string | null | undefined },
  result: Result<Value>,
  fieldsOf: (value: Value | null) => Fields,
) {
  const value = 'value' in result ? result.value : null;
  return { ...fieldsOf(value), clientMutationId, userErrors: errorsOf(result) };
}
