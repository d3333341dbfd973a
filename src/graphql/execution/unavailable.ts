import type { GraphQLError } from 'graphql';
import { DatabaseBusyError, DatabaseUnavailableError } from '../../database/database.ts';
import type { ChangeOutcome } from '../../upstream/unavailable.ts';
import { UpstreamUnavailableError } from '../../upstream/unavailable.ts';
import type { ErrorCode } from '../errors.ts';
import { ERROR_CODES } from '../errors.ts';

/** What callers are told of an outage. `extensions` has the outcome of a change, as README describes it. */
export interface Outage {
  readonly code: ErrorCode;
  readonly message: string;
  readonly extensions: { readonly outcome?: ChangeOutcome };
}

/** What callers are told when the database or a live account cannot be used for a while; null for every other error. */
export function outageOf(error: Error): Outage | null {
  const { message } = error;
  if (error instanceof DatabaseBusyError) return { code: 'STORAGE_BUSY', message, extensions: {} };
  if (error instanceof DatabaseUnavailableError) {
    return { code: 'STORAGE_UNAVAILABLE', message, extensions: outcomeOf(error) };
  }
  if (error instanceof UpstreamUnavailableError) {
    return { code: 'UPSTREAM_UNAVAILABLE', message, extensions: outcomeOf(error) };
  }
  return null;
}

function outcomeOf({ outcome }: { readonly outcome: ChangeOutcome | undefined }): Outage['extensions'] {
  return outcome === undefined ? {} : { outcome };
}

/** The first error that passes by itself: its code has status 503, and the same request may succeed later. */
export function unavailableError(errors: readonly GraphQLError[] | undefined): GraphQLError | undefined {
  return errors?.find(({ extensions }) => isErrorCode(extensions.code) && ERROR_CODES[extensions.code].status === 503);
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && code in ERROR_CODES;
}

/** How many seconds the caller is to wait, where an account has said so; undefined for every other error. */
export function throttledFor(errors: readonly GraphQLError[] | undefined): number | undefined {
  const seconds = errors?.find(({ extensions }) => extensions.code === 'RATE_LIMITED')?.extensions['retryAfter'];
  return typeof seconds === 'number' ? seconds : undefined;
}
