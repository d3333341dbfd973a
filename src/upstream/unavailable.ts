/** The live account cannot be used at present. The message is for callers, and says what has become of what they asked for. */
export class UpstreamUnavailableError extends Error {}

export const NOTHING_CHANGED = 'The account cannot be reached at present. Nothing has changed; try again later.';

/** The account has had as many requests as it takes of this workspace. Nothing has changed. */
export class UpstreamThrottledError extends Error {
  /** When it takes more, in seconds. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(`The account takes no more requests of this workspace at present. Try again in ${retryAfter} seconds.`);
    this.retryAfter = retryAfter;
  }
}

/** The account does not let the token do this. Nothing has changed. */
export class UpstreamDeniedError extends Error {
  constructor() {
    super('The account does not let this token do that.');
  }
}
