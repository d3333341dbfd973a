import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many turns of the event loop in a row bring no more before a transaction begins. A turn takes a few microseconds. */
const QUIET_TURNS = 4;

/** Where others keep the event loop busy, one turn that brings no more is enough after this time in ms. */
const QUIET_TIME = 0.5;

/**
 * Waits while more writes come, up to `most`, because those that come at the same time begin in several turns of the event loop. The
 * answers of a transaction go out together, so that its callers' next writes do; one that misses their transaction waits for the
 * whole of it.
 */
export async function gathered(waiting: () => number, most: number): Promise<void> {
  const started = performance.now();
  let quiet = 0;
  do {
    const before = waiting();
    await nextTurn();
    quiet = waiting() > before ? 0 : quiet + 1;
    if (quiet > 0 && performance.now() - started > QUIET_TIME) return;
  } while (quiet < QUIET_TURNS && waiting() < most);
}
