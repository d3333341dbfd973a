import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { LoopTurns } from '../../src/waiting/loop-turns.ts';

/** Keeps the processor busy. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('many that work at the same time share the turns of the event loop', async () => {
  const pieces: number[] = [];
  const working = async (_: unknown, worker: number) => {
    const turns = new LoopTurns();
    for (let piece = 0; piece < 3; piece++) {
      work(1.1);
      pieces.push(worker);
      await turns.next();
    }
  };
  const all = Array.from({ length: 10 }, working);
  const inTurns: number[] = [];
  for (let before = pieces.length; pieces.length < 30; before = pieces.length) {
    await nextTurn();
    inTurns.push(pieces.length - before);
  }
  await Promise.all(all);
  expect(Math.max(...inTurns)).toBe(1);
  // Each is resumed as often as the others.
  expect([new Set(pieces.slice(10, 20)).size, new Set(pieces.slice(20)).size]).toEqual([10, 10]);
});

it('one that works for a workspace does not wait behind many of another', async () => {
  const pieces: number[] = [];
  const working = async (workspace: number) => {
    const turns = new LoopTurns(workspace);
    for (let piece = 0; piece < 3; piece++) {
      work(1.1);
      await turns.next();
      pieces.push(workspace);
    }
  };
  const many = Array.from({ length: 10 }, async () => working(1));
  await working(2);
  expect(pieces.filter((workspace) => workspace === 1).length).toBeLessThan(5);
  await Promise.all(many);
});
