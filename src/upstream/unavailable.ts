/** Whether a change was made when the account is unavailable. UNKNOWN: it may have been made. */
export type ChangeOutcome = 'UNCHANGED' | 'UNKNOWN';

/** The live account cannot be used at present. The message is for callers, and says whether their change was made. */
export class UpstreamUnavailableError extends Error {
  /** undefined where no change was asked for. */
  readonly outcome: ChangeOutcome | undefined;

  constructor(message: string, outcome?: ChangeOutcome) {
    super(message);
    this.outcome = outcome;
  }
}

/** The error when the account has certainly not made the change. */
export function nothingChanged(): UpstreamUnavailableError {
  const message = 'The account cannot be reached at present. Nothing has changed; try again later.';
  return new UpstreamUnavailableError(message, 'UNCHANGED');
}

/** The error when the account may have made the change. */
export function outcomeUnknown(): UpstreamUnavailableError {
  const message =
    'The account has not answered, and cannot be asked what has become of this. Look at it again before you repeat it.';
  return new UpstreamUnavailableError(message, 'UNKNOWN');
}

/** This workspace has reached the account's rate limit. Nothing has changed. */
export class UpstreamThrottledError extends Error {
  /** After how many seconds the account takes requests again. */
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
