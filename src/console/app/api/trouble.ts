/** What kept a request from being answered, as far as the person at the screen can do something about it. */
export type Trouble =
  /** The token is unknown, expired or revoked. */
  | { kind: 'signed-out' }
  /** The token is good, and its role may not do this. */
  | { kind: 'forbidden' }
  /** The workspace has used up its requests. */
  | { kind: 'rate-limited'; retryAfterSeconds: number }
  /** No answer: the network or the server is away. Whether a change was made is unknown. */
  | { kind: 'unreachable' }
  /** The server no longer knows this page's operations: it was updated, and the page must be loaded anew. */
  | { kind: 'outdated' }
  /** Anything else, with the id under which the server logged it. */
  | { kind: 'failed'; message: string; requestId: string | undefined };

export class RequestError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(describeTrouble(trouble));
    this.name = 'RequestError';
    this.trouble = trouble;
  }
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof RequestError) return error.trouble;
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error), requestId: undefined };
}

export function describeTrouble(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'signed-out':
      return 'The server does not know this token. It may have expired or been revoked.';
    case 'forbidden':
      return 'Your role in this workspace does not allow this.';
    case 'rate-limited':
      return `The workspace has made too many requests. Try again in ${describeWait(trouble.retryAfterSeconds)}.`;
    case 'unreachable':
      return 'The server cannot be reached.';
    case 'outdated':
      return 'The console has been updated. Reload the page to go on.';
    case 'failed':
      return trouble.requestId === undefined ? trouble.message : `${trouble.message} (request ${trouble.requestId})`;
  }
}

function describeWait(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
