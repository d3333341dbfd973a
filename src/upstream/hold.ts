import type { DataAccess, WorkspaceWrite } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import type { FollowerState, HeldUpstream } from '../model/upstream.ts';
import { holdUpstream, writeFollower } from '../model/upstream.ts';
import { newUuid } from '../model/uuid.ts';
import { MINUTE } from './schedule.ts';

/** For how long a follower holds an account. It is longer than the requests of a step take. */
const HOLD: Micros = 3 * MINUTE;

/** Another follower has taken the account over. */
export class HoldLost extends Error {}

/** A follower's hold on an account. While it lasts no other one follows the account, and only while it lasts this one writes. */
export class Hold {
  readonly #database: DataAccess;
  readonly #workspace: WorkspaceId;
  readonly #holder = newUuid();
  #held: HeldUpstream | null = null;
  /** What this follower has written last. Where the database has another text, someone else has written. */
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
   * Takes the account, or keeps it for longer. null while another follower has it. `isNew`: someone else has written since, so that
   * the follower must go on from `progress`.
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
    // What the follower has in memory was not written, so that it must go on from what was.
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
