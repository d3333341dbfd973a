import { setTimeout as wait } from 'node:timers/promises';

/** The time, in ms, between two checks of a database: see `Database.watch`. */
const LOOK_INTERVAL = 1_000;

/** Resolves with true when it is time for the next check, and with false when `stopped` has aborted. */
export function nextLook(stopped: AbortSignal): Promise<boolean> {
  return wait(LOOK_INTERVAL, undefined, { ref: false, signal: stopped }).then(
    () => true,
    () => false,
  );
}
