import { setImmediate as nextTurn } from 'node:timers/promises';

/** A transaction begins after this many turns of the event loop in a row without a new write. A turn takes a few microseconds. */
const QUIET_TURNS = 4;

/** After this time in ms one turn without a new write is enough, because other work then keeps the event loop busy. */
const QUIET_TIME = 0.5;

/**
 * Waits while more writes arrive, up to `max`, because writes that arrive at the same time begin in several turns of the event loop.
 * The answers of a transaction are sent together, so that the next writes of its callers arrive together. A write that misses their
 * transaction waits until all of it is done.
 */
export async function gathered(waiting: () => number, max: number): Promise<void> {
  const started = performance.now();
  let quiet = 0;
  do {
    const before = waiting();
    await nextTurn();
    quiet = waiting() > before ? 0 : quiet + 1;
    if (quiet > 0 && performance.now() - started > QUIET_TIME) return;
  } while (quiet < QUIET_TURNS && waiting() < max);
}
