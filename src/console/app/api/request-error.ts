import { t } from '../language/language.ts';

/** The outcome of a mutation that has failed: nothing was changed, or it is not known. */
export type ChangeOutcome = 'UNCHANGED' | 'UNKNOWN';

/** Why a request failed. There is one kind for each case in which the user can do something different. */
export type ErrorDetails =
  /** The token is unknown, expired or revoked. */
  | { kind: 'signed-out' }
  /** The token is valid, but its role is not allowed to do this. */
  | { kind: 'forbidden' }
  /** The workspace has used up its requests. */
  | { kind: 'rate-limited'; retryAfterSeconds: number }
  /** There was no response: the network or the server is down. A change may have been made or not. */
  | { kind: 'unreachable' }
  /** The server answers, and cannot use its database or the live account. */
  | { kind: 'unavailable'; what: 'database' | 'account'; outcome: ChangeOutcome | undefined }
  /** The server has too much to do for this request. Nothing has changed. */
  | { kind: 'busy'; retryAfterSeconds: number }
  /** The server was updated and no longer knows the operations of this page. The page must be reloaded. */
  | { kind: 'outdated' }
  /** Any other error. The server's log has it under the request id. */
  | {
      kind: 'failed';
      code: string | undefined;
      message: string;
      requestId: string | undefined;
      outcome?: ChangeOutcome | undefined;
    };

export class RequestError extends Error {
  readonly details: ErrorDetails;

  constructor(details: ErrorDetails) {
    super(details.kind);
    this.name = 'RequestError';
    this.details = details;
  }
}

/** The details of anything that was thrown. */
export function errorDetails(error: unknown): ErrorDetails {
  if (error instanceof RequestError) return error.details;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', code: undefined, message, requestId: undefined };
}

/** What happened and what to do about it, to show to the user. */
export function describeError(details: ErrorDetails): string {
  switch (details.kind) {
    case 'signed-out':
      return t('error.signedOut');
    case 'forbidden':
      return t('error.forbidden');
    case 'rate-limited':
      return t('error.tooManyRequests', { wait: describeWait(details.retryAfterSeconds) });
    case 'unreachable':
      return t('error.unreachable');
    case 'unavailable':
      return describeUnavailable(details);
    case 'busy':
      return t('error.busy');
    case 'outdated':
      return t('error.outdated');
    case 'failed':
      return describeFailure(details);
  }
}

/** The sentence that says when to try again. */
export function describeWait(seconds: number): string {
  return seconds < 90
    ? t('error.tryAgain.seconds', { wait: seconds })
    : t('error.tryAgain.minutes', { wait: Math.ceil(seconds / 60) });
}

function describeUnavailable({ what, outcome }: Extract<ErrorDetails, { kind: 'unavailable' }>): string {
  if (outcome === 'UNKNOWN') return t('error.outcomeUnknown');
  const message = t(what === 'database' ? 'error.databaseAway' : 'error.accountAway');
  return outcome === 'UNCHANGED' ? t('error.unchanged', { message }) : message;
}

function describeFailure({ code, message, requestId, outcome }: Extract<ErrorDetails, { kind: 'failed' }>): string {
  if (outcome === 'UNKNOWN') return t('error.outcomeUnknown');
  if (code === 'TIMEOUT') return t('error.timeout');
  // Other failures are for the console's developers. The server describes them in English.
  const text = code === 'INTERNAL_SERVER_ERROR' ? t('error.serverFault') : message;
  return requestId === undefined ? text : t('error.withRequest', { message: text, requestId });
}
