import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { callInTurns } from '../../src/waiting/call-in-turns.ts';

/** Keeps the processor busy. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('what a call resumes is done before the next call, and the event loop turns when it took long', async () => {
  const done: string[] = [];
  const calls = Array.from({ length: 5 }, (_, place) => async () => {
    done.push(`called ${place}`);
    await Promise.resolve();
    work(4.1);
    done.push(`worked ${place}`);
  });
  const called = callInTurns(calls);
  const inTurns: number[] = [];
  for (let before = done.length; done.length < 10; before = done.length) {
    await nextTurn();
    inTurns.push(done.length - before);
  }
  await called;
  expect(done).toEqual([0, 1, 2, 3, 4].flatMap((place) => [`called ${place}`, `worked ${place}`]));
  // A turn has one call with its work. The first call comes before all turns.
  expect(Math.max(...inTurns)).toBeLessThanOrEqual(3);
});

it('many calls that take no time are made in few turns', async () => {
  let [calls, turns] = [0, 0];
  const called = callInTurns(Array.from({ length: 64 }, () => () => void calls++)).then(() => 'done');
  while ((await Promise.race([called, nextTurn('a turn')])) !== 'done') turns++;
  expect(calls).toBe(64);
  expect(turns).toBeLessThan(20);
});
