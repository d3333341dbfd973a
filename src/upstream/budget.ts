import type { Micros } from '../database/tables.ts';
import { HOUR, MINUTE } from '../model/time.ts';

/** How many requests an hour an account allows a workspace, over all its tokens (nyaruka/rapidpro 26.3). */
export const ACCOUNT_LIMIT = 3600;

/** How many requests were made in each minute. Minutes are counted from 1970. */
export type Spent = readonly (readonly [minute: number, count: number])[];

/**
 * Counts the requests of the last hour to one account, and compares them with the share of the account's limit that the follower may use.
 * Write-throughs are counted elsewhere, because any process may send them. Users make them, so they are never refused. No request of
 * the follower is refused because of them either, because users may write more than the share. They make sweeps slower instead: see
 * `schedule.ts`.
 */
export class RequestBudget {
  /** Requests an hour. */
  readonly share: number;
  readonly #spent = new Map<number, number>();
  #writes = 0;

  constructor(share: number, spent: Spent = []) {
    this.share = share;
    for (const [minute, count] of spent) this.#spent.set(minute, count);
  }

  /** Counts requests of the follower. */
  spend(time: Micros, count = 1): void {
    const minute = Math.floor(time / MINUTE);
    this.#spent.set(minute, (this.#spent.get(minute) ?? 0) + count);
  }

  /** Sets how many writes went through in the last hour. */
  setWrites(count: number): void {
    this.#writes = count;
  }

  get writes(): number {
    return this.#writes;
  }

  /** How many requests were made in the last hour, writes included. */
  made(time: Micros): number {
    return this.#followed(time) + this.#writes;
  }

  /** How many requests the follower has made in the last hour. A minute counts as long as a part of it is in the hour. */
  #followed(time: Micros): number {
    this.#countFromNow(time);
    const first = Math.floor((time - HOUR) / MINUTE);
    let sum = 0;
    for (const [minute, count] of this.#spent) {
      if (minute < first) this.#spent.delete(minute);
      else sum += count;
    }
    return sum;
  }

  /**
   * Counts the requests of future minutes as requests of this minute. The clock was ahead when they were counted, and was set back since,
   * so it is not known how long ago they were made.
   */
  #countFromNow(time: Micros): void {
    const current = Math.floor(time / MINUTE);
    for (const [minute, count] of [...this.#spent]) {
      if (minute <= current) continue;
      this.#spent.delete(minute);
      this.spend(time, count);
    }
  }

  /** Whether the follower may make a request now. `kept` requests of the share are for more urgent ones. */
  allows(time: Micros, kept = 0): boolean {
    return this.#followed(time) + 1 <= this.share - kept;
  }

  /** The earliest time at which a request may be made, as far as is known now. */
  nextAllowed(time: Micros, kept = 0): Micros {
    if (this.allows(time, kept)) return time;
    let over = this.#followed(time) + 1 - (this.share - kept);
    for (const [minute, count] of [...this.#spent].toSorted(([one], [other]) => one - other)) {
      over -= count;
      if (over <= 0) return (minute + 1) * MINUTE + HOUR;
    }
    return time + MINUTE;
  }

  /** For `progress.ts`: what a follower that takes over must know. */
  spent(time: Micros): Spent {
    this.#followed(time);
    return [...this.#spent];
  }
}
