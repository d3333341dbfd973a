import type { Database, WorkspaceWrite } from '../database/database.ts';
import type { Micros, UpstreamState, WorkspaceId } from '../database/tables.ts';
import type { FollowerState, LeasedUpstream } from '../model/upstream.ts';
import { countWrites, mirrorNamed } from '../model/upstream.ts';
import { HOUR, SECOND } from '../model/time.ts';
import type { AccountClient, Failure } from './account-client.ts';
import { AccountLists, LISTS } from './account-lists.ts';
import { AccountReader, RequestFailed } from './account-reader.ts';
import { Disappearances } from './disappearances.ts';
import { afterFailure } from './failed-request.ts';
import { HeadPolls } from './head-polls.ts';
import { Lease, LeaseLost } from './lease.ts';
import { MirrorWriter } from './mirror-writer.ts';
import type { ListName, Progress } from './progress.ts';
import { parseProgress } from './progress.ts';
import { headInterval, LONGEST_WAIT, sweepInterval } from './schedule.ts';
import { Sweeps } from './sweeps.ts';

/** How often a follower looks whether it can take over an account that another one has leased. */
const LOOK: Micros = 10 * SECOND;

/** Sweeps leave these requests of the share to head polls, which are more urgent. */
const KEPT_FOR_HEADS = 4;

/** Callbacks of a follower. `workspace` is the UUID of the workspace, because operators see it. */
export interface FollowerEvents {
  /** Differences were written. */
  changed(workspace: string, list: ListName, changes: number): void;
  failed(workspace: string, failure: Failure, retryIn: Micros): void;
  /** The state has changed. */
  became(workspace: string, state: UpstreamState, problem: string | null): void;
}

export interface FollowerParts {
  readonly database: Pick<Database, 'reader' | 'write'>;
  /** Requests an hour. */
  readonly share: number;
  readonly clock: () => Micros;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly events: FollowerEvents;
}

/**
 * Keeps one workspace up to date with its account, step by step: the caller calls `step` again at the time that it returns. A step is
 * a head poll (the first page of both lists) or one page of a sweep (a reading of a whole list). The lists do not show when a row was
 * changed, and they leave out archived and deleted rows. So all changes can only be found by comparing whole lists with the mirror.
 */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #workspace: WorkspaceId;
  readonly #lease: Lease;
  readonly #account: AccountReader;
  readonly #lists = new AccountLists();
  readonly #heads: HeadPolls;
  readonly #sweeps: Sweeps;
  #isConfirmed: boolean;
  /** The UUID of the workspace; known since the follower has first taken the account over. */
  #uuid = '';
  #state: UpstreamState = 'catching-up';
  #headOn: Micros = 0;
  #sweepOn: Micros = 0;
  #lastStep: Micros = 0;

  /** @param isConfirmed Whether the account has said that it is this workspace. If not, it is asked before anything is read. */
  constructor(parts: FollowerParts, workspace: WorkspaceId, client: AccountClient, isConfirmed = true) {
    const { database, share, clock, events } = parts;
    const lists = this.#lists;
    const account = new AccountReader(client, share, clock);
    const writer = new MirrorWriter({
      database,
      workspace,
      account,
      lists,
      writeState: (write) => this.#writeState(write),
      changed: (list, changes) => events.changed(this.#uuid, list, changes),
    });
    const disappearances = new Disappearances({ reader: database.reader, workspace, account, lists, writer });
    this.#parts = parts;
    this.#workspace = workspace;
    this.#isConfirmed = isConfirmed;
    this.#lease = new Lease(database, workspace);
    this.#account = account;
    this.#sweeps = new Sweeps({ clock, account, lists, writer, disappearances });
    this.#heads = new HeadPolls({
      reader: database.reader,
      workspace,
      clock,
      account,
      lists,
      writer,
      sweeps: this.#sweeps,
      disappearances,
    });
  }

  /**
   * Does what is due. Returns the time at which the next step is due; null when the account belongs to another workspace, so that no
   * step may follow. Rejects with errors of the database.
   */
  async step(): Promise<Micros | null> {
    const { clock } = this.#parts;
    const time = clock();
    const isSetBack = time < this.#lastStep;
    this.#lastStep = time;
    // These times were set while the clock was ahead: nothing would be due until the clock has caught up. The same holds below for a
    // retry that is further away than any can be.
    if (isSetBack) [this.#headOn, this.#sweepOn] = [0, 0];
    const leased = await this.#lease.take(time);
    if (!leased) return time + LOOK;
    if (leased.isNew) this.#takeOver(leased);
    const { retryOn } = leased.upstream;
    if (retryOn > time && retryOn <= time + LONGEST_WAIT && !isSetBack) return retryOn;
    try {
      if (!this.#isConfirmed && !(await this.#confirm())) return null;
      return await this.#due(time);
    } catch (error) {
      if (error instanceof LeaseLost) return clock() + LOOK;
      if (error instanceof RequestFailed) return this.#fail(error.failure);
      throw error;
    }
  }

  /** Frees the account, so that another follower need not wait. */
  async stop(): Promise<void> {
    await this.#lease.release(this.#parts.clock());
  }

  /** Goes on where another follower, or an earlier start, has stopped. */
  #takeOver({ uuid, progress, upstream }: LeasedUpstream): void {
    this.#uuid = uuid;
    const { sweep, spent, ...disappeared } = parseProgress(progress);
    this.#account.takeOver(spent);
    this.#lists.takeOver(disappeared, upstream.completeAsOf);
    this.#sweeps.takeOver(sweep);
    this.#state = upstream.state;
  }

  /** Asks the account which workspace it is. If it is another one, writes the state `refused`. Throws RequestFailed and LeaseLost. */
  async #confirm(): Promise<boolean> {
    const { database } = this.#parts;
    const { uuid } = await this.#account.read((client) => client.workspace());
    this.#isConfirmed = (await mirrorNamed(database.reader, uuid)) === this.#workspace;
    if (!this.#isConfirmed) {
      // The message does not name the other workspace, because users of this workspace see it.
      const state = { state: 'refused', problem: 'The token of the server is of another workspace.' } as const;
      await database.write(this.#workspace, (write) => this.#writeState(write, state));
    }
    return this.#isConfirmed;
  }

  async #due(time: Micros): Promise<Micros> {
    const { share } = this.#parts;
    const { budget } = this.#account;
    const isCatchingUp = this.#lists.isCatchingUp;
    if (!isCatchingUp && this.#headOn <= time) {
      if (!budget.allows(time, LISTS.length - 1)) {
        this.#headOn = budget.nextAllowed(time, LISTS.length - 1);
      } else {
        await this.#heads.poll();
        this.#headOn = time + headInterval(share, LISTS.length, this.#lists.isAllShort);
      }
    } else if (this.#sweeps.isNeeded && this.#sweepOn <= time) {
      if (!budget.allows(time, KEPT_FOR_HEADS)) {
        this.#sweepOn = budget.nextAllowed(time, KEPT_FOR_HEADS);
      } else {
        this.#account.takeRequests();
        await this.#sweeps.readPage();
        const heads = (LISTS.length * HOUR) / headInterval(share, LISTS.length, false);
        const interval = sweepInterval(share, heads, budget.writes);
        // The first sweeps may use the share without pauses, except for what writes have used, because lists are not complete before.
        this.#sweepOn =
          this.#lists.isCatchingUp && this.#lists.paused.size === 0 && budget.made(time) < share
            ? time
            : time + interval * Math.max(1, this.#account.takeRequests());
      }
    }
    if (this.#lists.isCatchingUp) return this.#sweepOn;
    return this.#sweeps.isNeeded ? Math.min(this.#headOn, this.#sweepOn) : this.#headOn;
  }

  /** Writes the follower's state and progress, and when the account last answered. `failed` overrides members. Throws LeaseLost. */
  async #writeState(write: WorkspaceWrite, failed: FollowerState = {}): Promise<void> {
    const time = this.#parts.clock();
    const { budget, lastAnswer } = this.#account;
    const { accepted, paused, completeAsOf, state } = this.#lists;
    budget.setWrites(await countWrites(write, this.#workspace, time));
    const progress: Progress = {
      sweep: this.#sweeps.place,
      spent: budget.spent(time),
      acceptedLists: [...accepted],
      paused: Object.fromEntries(paused),
    };
    const written = {
      ...state,
      retryOn: 0,
      failures: 0,
      ...(lastAnswer !== null && { lastContactOn: lastAnswer }),
      ...(completeAsOf !== null && { completeAsOf }),
      requestsAllowed: budget.share,
      requestsMade: budget.made(time),
      progress: JSON.stringify(progress),
      ...failed,
    } satisfies FollowerState;
    await this.#lease.write(write, time, written);
    this.#become(written.state, written.problem);
  }

  #become(state: UpstreamState, problem: string | null): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#parts.events.became(this.#uuid, state, problem);
  }

  /** Notes a failed request. Returns when the next one may be made. */
  async #fail(failure: Failure): Promise<Micros> {
    const { clock, random, database, events } = this.#parts;
    const time = clock();
    this.#sweeps.failed(failure);
    const { delay, written } = afterFailure(failure, this.#lease.failures + 1, random(), this.#state);
    const state = { ...written, retryOn: time + delay };
    try {
      await database.write(this.#workspace, (write) => this.#writeState(write, state));
    } catch (error) {
      if (error instanceof LeaseLost) return time + LOOK;
      throw error;
    }
    events.failed(this.#uuid, failure, delay);
    return time + delay;
  }
}
