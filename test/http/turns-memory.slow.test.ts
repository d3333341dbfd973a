import { setImmediate as nextTurn } from 'node:timers/promises';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Turns } from '../../src/http/turns.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as (options: { type: 'minor' }) => void;

const WORKS = 5_000;

/** How many bytes one item of work refers to. A request with its response takes about as much. */
const BYTES = 4_096;

/** How many bytes of the heap only a full garbage collection can free. */
function oldBytes(): number {
  return getHeapSpaceStatistics().reduce(
    (sum, { space_name: name, space_used_size: used }) => sum + (name.startsWith('new_') ? 0 : used),
    0,
  );
}

/** Puts `count` items of work into a held queue, releases the queue, and waits until all are done. */
async function wait(turns: Turns, count: number): Promise<void> {
  turns.hold();
  let left = count;
  const { promise, resolve } = Promise.withResolvers<void>();
  for (let one = 0; one < count; one += 1) {
    const request: number[] = Array.from({ length: BYTES / 8 }, () => one + 0.5);
    turns.start('a', () => {
      left -= request.length / (BYTES / 8);
      if (left === 0) resolve();
    });
  }
  turns.release();
  await promise;
  await nextTurn();
}

it('frees work that has waited without a full garbage collection', async () => {
  const turns = new Turns();
  await wait(turns, 10);
  gc({ type: 'minor' });
  const before = oldBytes();
  for (let done = 0; done < WORKS; done += 10) {
    await wait(turns, 10);
    gc({ type: 'minor' });
  }
  expect(oldBytes() - before).toBeLessThan((WORKS * BYTES) / 4);
});
