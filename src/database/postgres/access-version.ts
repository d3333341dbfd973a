import { MAX_VERSION_AGE } from '../database.ts';

/** How old, in ms, the last reading may become before the revision is read again. */
const REREAD_AGE = MAX_VERSION_AGE / 2;

/**
 * The version of users, memberships and tokens: see `Database.version`. It is read from the database in the background, about
 * twice a second while somebody asks for it, so that no request waits for it.
 */
export class AccessVersion {
  readonly #read: () => Promise<number>;
  #revision = Number.NaN;
  /** When the reading began whose result is known. */
  #readAt = Number.NEGATIVE_INFINITY;
  #reading = false;
  /** How often this process itself has changed something. */
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

  /** To be called when this process has changed something, before anyone is told of it. */
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
      // The version stays unknown, and callers are looked up in the database, which tells them what is wrong.
    } finally {
      this.#reading = false;
    }
  }
}
