import type { ReplicaState } from '../database.ts';
import { paused } from '../../waiting/paused.ts';
import { within } from '../../waiting/within.ts';
import type { ReplicaListener } from '../replica/replica.ts';
import { heartbeatRow } from './bookkeeping.ts';
import { faultOf } from './faults.ts';
import type { HeartbeatRow } from './heartbeats.ts';
import { Heartbeats } from './heartbeats.ts';
import { ConnectionPool } from './pool.ts';
import type { PostgresAddress } from './address.ts';
import { clientSettings, statementLimits } from './settings.ts';

/** The time, in ms, between two checks of the replica. */
const LOOK_INTERVAL = 500;

/** How long, in ms, a server may take to answer each statement of a check. */
const TIMEOUT = 1_000;

/** How long, in ms, a replica may take to show the first heartbeat of this process. */
const START_TIME = 2_000;

/** Finds out whether a replica answers, and how far it is behind. It has connections of its own, so that load does not delay it. */
export class ReplicaWatch {
  readonly #primary: ConnectionPool;
  readonly #replica: ConnectionPool;
  readonly #heartbeats: Heartbeats;
  readonly #readReplica: () => Promise<number>;
  readonly #maxLag: number;
  readonly #listener: ReplicaListener;
  readonly #stopped = new AbortController();
  readonly #startedAt = performance.now();
  /** The replica has everything that was committed before this time. */
  #freshAsOf = Number.NaN;
  #problem: string | null = 'it has not been looked at yet';
  /** When the listener was told that the replica is left out; null when it was not told, or when the replica is back. */
  #leftOutSince: number | null = null;
  #looking = false;

  /** @param maxLag How far, in ms, the replica may be behind before it is left out. */
  constructor(primary: PostgresAddress, replica: PostgresAddress, maxLag: number, listener: ReplicaListener) {
    const open = (address: PostgresAddress) =>
      new ConnectionPool(clientSettings(address), 1, null, statementLimits(address), () => {});
    this.#primary = open(primary);
    this.#replica = open(replica);
    this.#heartbeats = new Heartbeats(rowOf(this.#primary));
    this.#readReplica = rowOf(this.#replica).read;
    this.#maxLag = maxLag;
    this.#listener = listener;
    void this.#lookRepeatedly();
  }

  state(): ReplicaState {
    const lag = this.#lag();
    // The last check may have been long ago, because the event loop of this process was blocked.
    if (this.#problem === null && lag > this.#maxLag) this.#leaveOut(this.#tooOld());
    return { problem: this.#problem, lag: lag / 1000 };
  }

  /** Checks the replica now. When it has been left out, does nothing, because the next regular check is soon enough. */
  lookNow(): void {
    if (this.#problem === null) void this.#look();
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    await Promise.all([this.#primary.close(), this.#replica.close()]);
  }

  async #lookRepeatedly(): Promise<void> {
    do await this.#look();
    while (await paused(LOOK_INTERVAL, this.#stopped.signal));
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      // Without the primary, the replica gets no new heartbeat, and its state becomes too old.
      await this.#heartbeats.beat().catch(() => {});
      this.#judge(await this.#readReplica());
    } catch (error) {
      // The next connection may lead to another server.
      this.#freshAsOf = Number.NaN;
      this.#leaveOut(faultOf(error) ?? 'it does not answer as it should');
    } finally {
      this.#looking = false;
    }
  }

  #judge(heartbeat: number): void {
    this.#freshAsOf = this.#heartbeats.timeOf(heartbeat) ?? this.#freshAsOf;
    // A replica that has been left out must be well within the bound before it is used again, so that it does not come and go.
    const bound = this.#leftOutSince === null ? this.#maxLag : this.#maxLag / 2;
    if (this.#lag() <= bound) this.#use();
    else if (this.#problem === null || performance.now() - this.#startedAt > START_TIME) this.#leaveOut(this.#tooOld());
  }

  #use(): void {
    this.#problem = null;
    if (this.#leftOutSince === null) return;
    const seconds = Math.round((performance.now() - this.#leftOutSince) / 1000);
    this.#leftOutSince = null;
    this.#listener({ kind: 'back', seconds });
  }

  #leaveOut(reason: string): void {
    if (this.#stopped.signal.aborted) return;
    this.#problem = reason;
    if (this.#leftOutSince !== null) return;
    this.#leftOutSince = performance.now();
    this.#listener({ kind: 'left-out', reason });
  }

  /** How far, in ms, the replica is behind at most; NaN while this is not known. */
  #lag(): number {
    return performance.now() - this.#freshAsOf;
  }

  #tooOld(): string {
    return `its state is older than ${this.#maxLag / 1000} seconds, or it is no replica of this database`;
  }
}

/** The heartbeat of a server. Rejects when the server takes longer than TIMEOUT to answer. */
function rowOf(pool: ConnectionPool): HeartbeatRow {
  return heartbeatRow({
    run(statement) {
      const late = new AbortController();
      return within(TIMEOUT, pool.run(statement, late.signal), () => {
        const error = new Error(`there was no answer within ${TIMEOUT} ms`);
        late.abort(error);
        return error;
      });
    },
  });
}
