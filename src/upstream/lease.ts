import type { DataAccess, WorkspaceWrite } from '../database/database.ts';
import type { Micros, WorkspaceId } from '../database/tables.ts';
import { MINUTE } from '../model/time.ts';
import type { FollowerState, LeasedUpstream } from '../model/upstream.ts';
import { leaseUpstream, writeFollower } from '../model/upstream.ts';
import { newUuid } from '../model/uuid.ts';

/** How long a lease lasts. It is longer than the requests of a step take. */
const DURATION: Micros = 3 * MINUTE;

/** Another follower has taken the account over. */
export class LeaseLost extends Error {}

/** A follower's lease of an account. Only the follower that has it follows the account and writes. */
export class Lease {
  readonly #database: DataAccess;
  readonly #workspace: WorkspaceId;
  readonly #holder = newUuid();
  #leased: LeasedUpstream | null = null;
  /** The progress that this follower has written last. If the database has another one, another process has written it. */
  #written: string | null = null;

  constructor(database: DataAccess, workspace: WorkspaceId) {
    this.#database = database;
    this.#workspace = workspace;
  }

  /** How many requests have failed one after another, when the account was taken. */
  get failures(): number {
    return this.#leased?.failures ?? 0;
  }

  /**
   * Takes the account, or extends the lease. Returns null while another follower has it. `isNew` means that this follower has not
   * written the stored progress, and must go on from it.
   */
  async take(time: Micros): Promise<(LeasedUpstream & { readonly isNew: boolean }) | null> {
    const leased = await leaseUpstream(this.#database, this.#workspace, {
      holder: this.#holder,
      time,
      duration: DURATION,
    });
    this.#leased = leased;
    if (!leased) return null;
    const isNew = leased.progress !== this.#written;
    this.#written = leased.progress;
    return { ...leased, isNew };
  }

  /** Writes the follower's state in a transaction, and keeps the account for longer. Throws LeaseLost when another follower has it. */
  async write(
    write: WorkspaceWrite,
    time: Micros,
    state: FollowerState & { readonly progress: string },
  ): Promise<void> {
    const hasLease = await writeFollower(write, this.#mine, time, time + DURATION, state);
    // If nothing was written, the next `take` returns `isNew`, so that the follower goes on from the stored progress.
    this.#written = hasLease ? state.progress : null;
    if (!hasLease) throw new LeaseLost();
  }

  /** Ends the lease, so that another follower need not wait. */
  async release(time: Micros): Promise<void> {
    if (!this.#leased) return;
    await this.#database.write(this.#workspace, (write) => writeFollower(write, this.#mine, time, time, {}));
  }

  get #mine(): Pick<LeasedUpstream, 'workspace' | 'holder'> {
    return { workspace: this.#workspace, holder: this.#holder };
  }
}
