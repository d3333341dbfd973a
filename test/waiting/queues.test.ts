import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fifo } from '../../src/waiting/fifo.ts';
import { RoundRobin } from '../../src/waiting/round-robin.ts';

describe('a queue that is first in, first out', () => {
  it('does what an array does', () => {
    /** Adds and takes up to thousands of items, so that the empty places are dropped, and removes one from the middle. */
    const step = fc.record({
      pushed: fc.nat({ max: 3_000 }),
      taken: fc.nat({ max: 3_000 }),
      removed: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    const compare = (steps: readonly { pushed: number; taken: number; removed: number }[]) => {
      const queue = new Fifo<{ number: number }>();
      const array: { number: number }[] = [];
      let number = 0;
      for (const { pushed, taken, removed } of steps) {
        for (let count = 0; count < pushed; count++, number++) {
          const item = { number };
          queue.push(item);
          array.push(item);
        }
        const place = Math.floor(removed * array.length);
        const [item] = array.splice(place, 1);
        if (item) expect([queue.remove(item), queue.remove(item)]).toEqual([true, false]);
        for (let count = 0; count < taken; count++) {
          const next = array.shift();
          if (queue.peek() !== next || queue.shift() !== next) expect.unreachable(`after item ${number}`);
        }
        expect(queue.size).toBe(array.length);
      }
    };
    fc.assert(fc.property(fc.array(step, { maxLength: 8 }), compare), { numRuns: 50 });
  });
});

describe('a queue that serves its keys in turn', () => {
  it('takes one item of each key in each round, in order within a key', () => {
    const queue = new RoundRobin<string, { name: string }>();
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) queue.push(name.charAt(0), { name });
    const taken: string[] = [];
    for (let next = queue.shift(); next; next = queue.shift()) taken.push(next.item.name);
    expect(taken).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    expect(queue.size).toBe(0);
  });

  it('passes over keys that are not eligible, and forgets what is removed', () => {
    const queue = new RoundRobin<string, { name: string }>();
    const gone = { name: 'b1' };
    queue.push('a', { name: 'a1' });
    queue.push('b', gone);
    queue.push('b', { name: 'b2' });
    queue.remove('b', gone);
    expect(queue.shift((key) => key !== 'a')?.item.name).toBe('b2');
    expect(queue.shift((key) => key !== 'a')).toBeUndefined();
    expect([queue.size, queue.sizeOf('a')]).toEqual([1, 1]);
  });
});
