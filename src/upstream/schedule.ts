import type { Micros } from '../database/tables.ts';
import { HOUR, MINUTE, SECOND } from '../model/time.ts';

/** The shortest time between two readings of the first pages of both lists. */
const HEAD: Micros = 30 * SECOND;

/** The first delay after a failure; each further one doubles it, up to the longest. */
const FIRST_RETRY: Micros = 5 * SECOND;
const LONGEST_RETRY: Micros = 15 * MINUTE;

/** No wait after a failure is longer: an account that asks for a longer one is asked again after this time. */
export const LONGEST_WAIT: Micros = HOUR;

/** A refused token is tried again after this time, because the account may only be suspended for a while. */
export const REFUSED_RETRY: Micros = LONGEST_RETRY;

/** The part of the share that head polls may use when sweeps are needed too. */
const HEADS_PART = 0.5;

/** Sweeps get at least this part of the share, no matter how many requests writes use. */
const SWEEP_PART = 0.05;

/** How often the numbers of contacts of groups are written. They move all the time, and each difference is a change of the feed. */
const COUNTS: Micros = 15 * MINUTE;

/** A page is read at least once in this number of sweeps, even if it never changes. */
export const MAX_SKIP = 8;

/**
 * How long to wait after failures.
 * @param failures How many requests in a row have failed, 1 at least.
 * @param random From 0 to 1. The delay is shortened by up to a half, so that servers that failed together are not tried together.
 */
export function retryDelay(failures: number, random: number): Micros {
  const delay = Math.min(FIRST_RETRY * 2 ** Math.min(failures - 1, 20), LONGEST_RETRY);
  return Math.round(delay * (1 - random / 2));
}

/**
 * How long after a head poll the next one follows.
 * @param share Requests an hour.
 * @param requests How many requests a head poll takes.
 * @param isAll Whether the first pages are all there is, so that nothing must be swept.
 */
export function headInterval(share: number, requests: number, isAll: boolean): Micros {
  return Math.max(HEAD, Math.ceil((requests * HOUR) / (share * (isAll ? 1 : HEADS_PART))));
}

/**
 * How long after a page of a sweep the next one follows, so that all requests of an hour fit into the share.
 * @param heads Requests of head polls in an hour.
 * @param writes Requests of writes in the last hour.
 */
export function sweepInterval(share: number, heads: number, writes: number): Micros {
  return Math.ceil(HOUR / Math.max(share - heads - writes, share * SWEEP_PART));
}

/**
 * How many objects may disappear between two sweeps. When there are more, the reason is assumed to be a wrong token, an emptied workspace
 * or a broken replica, until a person confirms that they are gone.
 */
export function disappearanceGuard(mirrored: number): number {
  return Math.max(10, Math.floor(mirrored / 5));
}

/** Says when the numbers of contacts of groups are written again. */
export class CountsSchedule {
  #taken: Micros = -COUNTS;

  /** Returns whether the numbers are due now. If so, they are due again after COUNTS. */
  take(time: Micros): boolean {
    const passed = time - this.#taken;
    // A negative time means that the clock was set back. How long ago the last writing was is unknown then, so the numbers are due.
    if (passed >= 0 && passed < COUNTS) return false;
    this.#taken = time;
    return true;
  }
}
