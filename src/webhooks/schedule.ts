import type { Micros } from '../database/tables.ts';
import { secondsToWait } from '../encoding/retry-after.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../model/time.ts';
import { MAX_RETRY_DELAY } from '../model/webhook-progress.ts';

/** The delays before the next try: after the first failure, after the second, and so on. Later tries follow after MAX_RETRY_DELAY. */
const DELAYS: readonly Micros[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
];

/** The delay is longer by up to this share, so that receivers that failed together are not tried together. */
const JITTER = 0.2;

/** A webhook that has failed for this time is paused. */
const MAX_FAILING: Micros = 5 * DAY;

/**
 * How many tries have failed at least before a webhook is paused. In MAX_FAILING a server that runs always makes as many, also when the
 * receiver asks for the longest delay each time. A server makes fewer when its clock has jumped forward, as at the start of a machine
 * whose clock has no battery, or when it was stopped or asleep for days. The receiver has then had no chance to be well again.
 */
const MIN_FAILED_TRIES = 1 + MAX_FAILING / MAX_RETRY_DELAY;

/** Whether a webhook is paused after a failure. `failingFor` is the time since the first one of `tries` failures in a row. */
export function isFailingTooLong(failingFor: Micros, tries: number): boolean {
  return failingFor >= MAX_FAILING && tries >= MIN_FAILED_TRIES;
}

/**
 * How long to wait before the next try.
 * @param tries How many tries have failed, 1 at least.
 * @param random From 0 to 1, without 1.
 */
export function deliveryDelay(tries: number, random: number): Micros {
  const delay = DELAYS[tries - 1] ?? MAX_RETRY_DELAY;
  return Math.round(delay * (1 + JITTER * random));
}

/** The delay that a Retry-After header asks for. Returns 0 when it asks for none, and MAX_RETRY_DELAY at most. */
export function requestedDelay(header: string | undefined, time: Micros): Micros {
  return Math.min((secondsToWait(header, time / 1000) ?? 0) * SECOND, MAX_RETRY_DELAY);
}
