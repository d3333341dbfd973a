import { MAX_VERSION_AGE } from '../database.ts';

/** The revision is read again when the last reading is older than this, in ms. */
const REREAD_AGE = MAX_VERSION_AGE / 2;

/**
 * The version of users, memberships and tokens: see `Database.version`. It is read from the database in the background, about
 * twice a second while requests ask for it, so that no request waits for it.
 */
export class AccessVersion {
  readonly #read: () => Promise<number>;
  #revision = Number.NaN;
  /** When the last successful reading began. */
  #readAt = Number.NEGATIVE_INFINITY;
  #reading = false;
  /** How often this process itself has changed users, memberships or tokens. */
  #own = 0;

  /** `read` reads the revision that is kept in the database. */
  constructor(read: () => Promise<number>) {
    this.#read = read;
  }

  /** The version; NaN while the last reading is older than MAX_VERSION_AGE. */
  current(): number {
    const age = performance.now() - this.#readAt;
    if (age >= REREAD_AGE && !this.#reading) void this.#reread();
    return age < MAX_VERSION_AGE ? this.#revision + this.#own * 2 ** 32 : Number.NaN;
  }

  /** Call it when this process has changed users, memberships or tokens, before the caller gets the result. */
  forget(): void {
    this.#own += 1;
  }

  async #reread(): Promise<void> {
    this.#reading = true;
    const started = performance.now();
    try {
      this.#revision = await this.#read();
      this.#readAt = started;
    } catch {
      // The version becomes unknown. Callers are then looked up in the database, and this look-up reports what is wrong.
    } finally {
      this.#reading = false;
    }
  }
}
