/** What has become of a change while the account did not answer. UNKNOWN: it may have been made. */
export type ChangeOutcome = 'UNCHANGED' | 'UNKNOWN';

/** The live account cannot be used at present. The message is for callers, and says what has become of what they asked for. */
export class UpstreamUnavailableError extends Error {
  /** undefined where no change was asked for. */
  readonly outcome: ChangeOutcome | undefined;

  constructor(message: string, outcome?: ChangeOutcome) {
    super(message);
    this.outcome = outcome;
  }
}

export function nothingChanged(): UpstreamUnavailableError {
  const message = 'The account cannot be reached at present. Nothing has changed; try again later.';
  return new UpstreamUnavailableError(message, 'UNCHANGED');
}

export function outcomeUnknown(): UpstreamUnavailableError {
  const message =
    'The account has not answered, and cannot be asked what has become of this. Look at it again before you repeat it.';
  return new UpstreamUnavailableError(message, 'UNKNOWN');
}

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
