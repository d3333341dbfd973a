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
  /** The server was updated and no longer knows the operations of this page. The page must be reloaded. */
  | { kind: 'outdated' }
  /** Any other error. The server's log has it under the request id. */
  | { kind: 'failed'; message: string; requestId: string | undefined };

export class RequestError extends Error {
  readonly details: ErrorDetails;

  constructor(details: ErrorDetails) {
    super(describeError(details));
    this.name = 'RequestError';
    this.details = details;
  }
}

/** The details of anything that was thrown. */
export function errorDetails(error: unknown): ErrorDetails {
  if (error instanceof RequestError) return error.details;
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error), requestId: undefined };
}

/** What happened and what to do about it, to show to the user. */
export function describeError(details: ErrorDetails): string {
  switch (details.kind) {
    case 'signed-out':
      return 'The server does not know this token. It may have expired or been revoked.';
    case 'forbidden':
      return 'Your role in this workspace does not allow this.';
    case 'rate-limited':
      return `The workspace has made too many requests. Try again in ${describeWait(details.retryAfterSeconds)}.`;
    case 'unreachable':
      return 'The server cannot be reached.';
    case 'outdated':
      return 'The console has been updated. Reload the page to go on.';
    case 'failed':
      return details.requestId === undefined ? details.message : `${details.message} (request ${details.requestId})`;
  }
}

function describeWait(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
