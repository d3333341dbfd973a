import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * For how long, in ms, calls are made before the event loop turns. The answers of an ordinary transaction are made in this time, so that
 * the next writes of its callers arrive together: see `gathered`. With 1 ms a create took a tenth more of the processor.
 */
const TURN = 4;

/**
 * Calls all functions in their order: the first at once, and the others as far as a turn of the event loop has time for them. Use it to
 * resume many that have waited for the same thing: otherwise nobody else would be served until all of them have gone on with their work.
 * That work is done in microtasks, so that each of the others is called in an immediate of its own. Resolves when all have been called.
 */
export async function callInTurns(calls: readonly (() => void)[]): Promise<void> {
  const [first, ...others] = calls;
  first?.();
  while (others.length > 0) {
    let began: number | undefined;
    const callNext = () => {
      const now = performance.now();
      began ??= now;
      if (now - began < TURN) others.shift()?.();
    };
    others.forEach(() => setImmediate(callNext));
    await nextTurn();
  }
}
