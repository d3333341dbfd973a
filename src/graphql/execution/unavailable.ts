import type { GraphQLError } from 'graphql';
import { DatabaseBusyError, DatabaseUnavailableError, StatementEndedError } from '../../database/errors.ts';
import { OVERLOADED_MESSAGE } from '../../http/admission.ts';
import { isOutOfDescriptors } from '../../http/out-of-descriptors.ts';
import type { ChangeOutcome } from '../../upstream/unavailable.ts';
import { UpstreamUnavailableError } from '../../upstream/unavailable.ts';
import type { ErrorCode } from '../errors.ts';
import { codeOf, ERROR_CODES, graphqlError } from '../errors.ts';

/** What callers are told of an outage. `extensions` has the outcome of a change, as README describes it. */
export interface Outage {
  readonly code: ErrorCode;
  readonly message: string;
  readonly extensions: { readonly outcome?: ChangeOutcome };
}

/**
 * What callers are told when the database or a live account cannot be used for a while, or when the database has ended a
 * statement that took too long, or when no more files can be opened. Returns null for every other error.
 */
export function outageOf(error: Error): Outage | null {
  const { message } = error;
  if (error instanceof DatabaseBusyError) return { code: 'STORAGE_BUSY', message, extensions: {} };
  if (error instanceof StatementEndedError) return { code: 'TIMEOUT', message, extensions: {} };
  if (error instanceof DatabaseUnavailableError) {
    return { code: 'STORAGE_UNAVAILABLE', message, extensions: outcomeOf(error) };
  }
  if (error instanceof UpstreamUnavailableError) {
    return { code: 'UPSTREAM_UNAVAILABLE', message, extensions: outcomeOf(error) };
  }
  return isOutOfDescriptors(error) ? { code: 'OVERLOADED', message: OVERLOADED_MESSAGE, extensions: {} } : null;
}

function outcomeOf({ outcome }: { readonly outcome: ChangeOutcome | undefined }): Outage['extensions'] {
  return outcome === undefined ? {} : { outcome };
}

/**
 * The error of a field of a mutation's payload. The code of a temporary error says that nothing has changed, unless the error
 * has an outcome. A caller who then repeats the request could make the change twice, so such an error gets the outcome UNKNOWN.
 * A field that was read does not prove that the change was made, because the fields of a refusal are read, too.
 */
export function maybeMade(error: GraphQLError): GraphQLError {
  if (!isTemporary(error)) return error;
  const message = error.message.replace(/ (Try again|Ask for less)[^.]*[.]$/, '');
  return graphqlError(codeOf(error), `${message} ${MAYBE_MADE}`, { ...error.extensions, outcome: 'UNKNOWN' });
}

const MAYBE_MADE = 'By then the change may have been made: look before you repeat it.';

/** The first temporary error. */
export function unavailableError(errors: readonly GraphQLError[] | undefined): GraphQLError | undefined {
  return errors?.find(isTemporary);
}

/** Whether the same request may succeed later: the error's code has status 503. */
function isTemporary(error: GraphQLError): boolean {
  return ERROR_CODES[codeOf(error)].status === 503;
}

/** How many seconds an account has told the caller to wait; undefined when there is no such error. */
export function throttledFor(errors: readonly GraphQLError[] | undefined): number | undefined {
  const seconds = errors?.find(({ extensions }) => extensions.code === 'RATE_LIMITED')?.extensions['retryAfter'];
  return typeof seconds === 'number' ? seconds : undefined;
}
