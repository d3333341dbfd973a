/** The database cannot be used, for a reason that a person can fix. The message is one line. */
export class DatabaseError extends Error {}

/** Others use the database, so that a write could not be carried out in time. Nothing has changed; the write can be repeated. */
export class DatabaseBusyError extends DatabaseError {
  /** @param reason What the others do, such as "another process has been writing for 5 seconds". */
  constructor(reason: string) {
    super(`The database is busy: ${reason}. Try again.`);
  }

  /** Another process has held the database for longer than a write waits, in ms. */
  static held(milliseconds: number): DatabaseBusyError {
    return new DatabaseBusyError(`another process has been writing for ${milliseconds / 1000} seconds`);
  }
}

/**
 * The database server has ended a statement, because it took longer than the server allows. The server still answers other
 * statements. Nothing has changed.
 */
export class StatementEndedError extends DatabaseError {
  constructor(options?: ErrorOptions) {
    super('The database stopped this because it took too long. Ask for less at once.', options);
  }
}

/**
 * The disk, the file or the database server cannot be used at present: it is full, read-only, broken, gone or replaced, or it
 * does not answer. Nothing has changed, unless the outcome is UNKNOWN; the same call can succeed later. The reason is in words for
 * anyone and names no path.
 */
export class DatabaseUnavailableError extends DatabaseError {
  readonly reason: string;
  /** UNKNOWN: the change may have been made. */
  readonly outcome: 'UNKNOWN' | undefined;

  constructor(reason: string, { outcome, ...options }: ErrorOptions & { outcome?: 'UNKNOWN' } = {}) {
    // When the outcome is unknown, the message does not say "Try again": the caller must first look whether the change was made.
    super(`The database cannot be used at present: ${reason}.${outcome ? '' : ' Try again later.'}`, options);
    this.reason = reason;
    this.outcome = outcome;
  }
}

/** Why the database cannot be used at present, in words for anyone. Returns null when the error has another cause. */
export function problemOf(error: unknown): string | null {
  if (error instanceof DatabaseUnavailableError) return error.reason;
  if (error instanceof StatementEndedError) return 'the database takes too long to answer';
  return error instanceof DatabaseBusyError ? 'the database is busy' : null;
}
