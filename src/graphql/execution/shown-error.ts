import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import type { ReportError } from '../../http/internal-error.ts';
import { INTERNAL_ERROR_MESSAGE } from '../../http/internal-error.ts';
import { RequestEnded } from '../../http/request-signal.ts';
import { StreamEnded } from '../../http/streams/open-streams.ts';
import { IdempotencyKeyReusedError } from '../../model/idempotent-writes.ts';
import { NotAllowedError } from '../../model/requester.ts';
import { UpstreamDeniedError, UpstreamThrottledError } from '../../upstream/unavailable.ts';
import { graphqlError, isUnexpected } from '../errors.ts';
import { TooManyCostlyQueries } from './costly-executor.ts';
import { maybeMade, outageOf } from './unavailable.ts';

/** The result with the errors that a caller sees in place of unexpected ones. */
export function masked(
  result: ExecutionResult,
  requestId: string,
  report: ReportError,
  isMutation = false,
): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map((error) => {
    if (!isUnexpected(error)) return error;
    const shown = shownError(error.originalError ?? error, requestId, report);
    // The fields of a payload are read after its mutation, so the change may have been made.
    const { message, extensions } = isMutation && (error.path?.length ?? 0) > 1 ? maybeMade(shown) : shown;
    return new GraphQLError(message, { nodes: error.nodes ?? null, path: error.path ?? null, extensions });
  });
  return { ...result, errors };
}

/**
 * The error that a caller sees in place of an unexpected one. Temporary errors, a reused key, and what the caller may not do
 * are not reported, because the caller can act on them. An outage of the database or of an account is logged once, elsewhere.
 */
export function shownError(cause: Error, requestId: string, report: ReportError): GraphQLError {
  const outage = outageOf(cause);
  if (outage) return graphqlError(outage.code, outage.message, outage.extensions);
  if (cause instanceof UpstreamThrottledError) {
    return graphqlError('RATE_LIMITED', cause.message, { retryAfter: cause.retryAfter });
  }
  if (cause instanceof UpstreamDeniedError) return graphqlError('FORBIDDEN', cause.message);
  if (cause instanceof RequestEnded) return graphqlError('TIMEOUT', cause.message);
  if (cause instanceof StreamEnded) {
    return cause.reason === 'token refused'
      ? graphqlError('UNAUTHENTICATED', REFUSED_TOKEN_MESSAGE)
      : graphqlError('TIMEOUT', cause.message);
  }
  if (cause instanceof TooManyCostlyQueries) return graphqlError('OVERLOADED', cause.message);
  if (cause instanceof IdempotencyKeyReusedError) return graphqlError('IDEMPOTENCY_KEY_REUSED', cause.message);
  if (cause instanceof NotAllowedError) return graphqlError('FORBIDDEN', cause.message);
  report(cause, requestId);
  return graphqlError('INTERNAL_SERVER_ERROR', INTERNAL_ERROR_MESSAGE, { requestId });
}

const REFUSED_TOKEN_MESSAGE = 'The API token is not valid any more. Use another one.';
