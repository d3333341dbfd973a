import { expect, it } from 'vitest';
import { makeRoom } from '../../src/memory/make-room.ts';

/** Adds `count` entries to a map that has `most` at most. */
function filled(most: number, count: number): Map<string, number> {
  const entries = new Map<string, number>();
  for (let entry = 0; entry < count; entry += 1) {
    makeRoom(entries, most);
    entries.set(`entry ${entry}`, entry);
    if (entries.size > most) throw new Error(`there are ${entries.size}`);
  }
  return entries;
}

it.each([1, 2, 50, 100, 101, 256])('a map of %i entries at most keeps the newest ones, nearly as many', (most) => {
  const kept = [...filled(most, 3 * most).values()];
  expect(kept.length).toBeGreaterThan(0.97 * most - 1);
  expect(kept).toEqual(Array.from(kept, (_, place) => 3 * most - kept.length + place));
});

it('room in a large map costs little more than the entry itself', () => {
  const timeOf = (most: number) => {
    const started = process.cpuUsage();
    const entries = new Map<string, number>();
    for (let entry = 0; entry < 50_000; entry += 1) {
      makeRoom(entries, most);
      entries.set(`entry ${entry}`, entry);
    }
    const { user, system } = process.cpuUsage(started);
    return user + system;
  };
  timeOf(1_000);
  expect(timeOf(10_000)).toBeLessThan(10 * timeOf(50_001));
});
