import type { GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors.ts';
import { ERROR_CODES } from '../errors.ts';

/** The first error that passes by itself: its code has status 503, and the same request may succeed later. */
export function unavailableError(errors: readonly GraphQLError[] | undefined): GraphQLError | undefined {
  return errors?.find(({ extensions }) => isErrorCode(extensions.code) && ERROR_CODES[extensions.code].status === 503);
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && code in ERROR_CODES;
}
