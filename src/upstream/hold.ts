import type { DataAccess, WorkspaceWrite } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { MINUTE } from '../model/time.ts';
import type { FollowerState, HeldUpstream } from '../model/upstream.ts';
import { holdUpstream, writeFollower } from '../model/upstream.ts';
import { newUuid } from '../model/uuid.ts';

/** For how long a follower holds an account. It is longer than the requests of a step take. */
const HOLD: Micros = 3 * MINUTE;

/** Another follower has taken the account over. */
export class HoldLost extends Error {}

/** A follower's hold on an account, for a limited time (a lease). Only the follower that has it follows the account and writes. */
export class Hold {
  readonly #database: DataAccess;
  readonly #workspace: WorkspaceId;
  readonly #holder = newUuid();
  #held: HeldUpstream | null = null;
  /** The progress that this follower has written last. If the database has another one, another process has written it. */
  #written: string | null = null;

  constructor(database: DataAccess, workspace: WorkspaceId) {
    this.#database = database;
    this.#workspace = workspace;
  }

  /** How many requests have failed one after another, when the account was taken. */
  get failures(): number {
    return this.#held?.failures ?? 0;
  }

  /**
   * Takes the account, or extends the hold. Returns null while another follower holds it. `isNew` means that this follower has not
   * written the stored progress, and must go on from it.
   */
  async take(time: Micros): Promise<(HeldUpstream & { readonly isNew: boolean }) | null> {
    const held = await holdUpstream(this.#database, this.#workspace, { holder: this.#holder, time, hold: HOLD });
    this.#held = held;
    if (!held) return null;
    const isNew = held.progress !== this.#written;
    this.#written = held.progress;
    return { ...held, isNew };
  }

  /** Writes the follower's state in a transaction, and keeps the account for longer. Throws HoldLost when another follower has it. */
  async write(
    write: WorkspaceWrite,
    time: Micros,
    state: FollowerState & { readonly progress: string },
  ): Promise<void> {
    const isHeld = await writeFollower(write, this.#mine, time, time + HOLD, state);
    // If nothing was written, the next `take` returns `isNew`, so that the follower goes on from the stored progress.
    this.#written = isHeld ? state.progress : null;
    if (!isHeld) throw new HoldLost();
  }

  /** Frees the account, so that another follower need not wait. */
  async free(time: Micros): Promise<void> {
    if (!this.#held) return;
    await this.#database.write(this.#workspace, (write) => writeFollower(write, this.#mine, time, time, {}));
  }

  get #mine(): Pick<HeldUpstream, 'workspace' | 'holder'> {
    return { workspace: this.#workspace, holder: this.#holder };
  }
}
