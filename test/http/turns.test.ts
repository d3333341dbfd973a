import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/http/turns.ts';

/** Keeps the thread busy for `ms` milliseconds. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('turns', () => {
  it('start the first work at once, and the next as long as the turn has time', () => {
    const startThree = () => {
      const turns = new Turns();
      const started: number[] = [];
      for (const one of [1, 2, 3]) turns.start('a', () => started.push(one));
      return started;
    };
    // One try of 20 is enough. Another program can take the processor for longer than a turn, but not every time.
    expect(Array.from({ length: 20 }, startThree)).toContainEqual([1, 2, 3]);
  });

  it('leave out work that nobody wants any more, much of it in each turn but not all in one', async () => {
    const turns = new Turns();
    const started: string[] = [];
    turns.hold();
    for (let one = 0; one < 100_000; one += 1) {
      turns.start(
        'a',
        () => started.push('unwanted'),
        () => false,
      );
    }
    turns.start('a', () => started.push('wanted'));
    turns.release();
    let passed = 0;
    for (; turns.waiting > 0; passed += 1) await nextTurn();
    expect(started).toEqual(['wanted']);
    // A turn would start only eight works that are wanted.
    expect(passed).toBeLessThan(100_000 / 8 / 4);
    expect(passed).toBeGreaterThan(4);
  });

  it('let the event loop turn between works that take long, and go round the keys', async () => {
    const turns = new Turns();
    const started: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const start = (key: string, name: string) =>
      turns.start(key, () => {
        started.push(name);
        work(2);
        if (name === 'a4') resolve();
      });
    for (const name of ['a1', 'a2', 'a3', 'a4']) start('a', name);
    expect(started).toEqual(['a1']);
    // The first work of key b starts at once, although much work of key a waits.
    start('b', 'b1');
    start('b', 'b2');
    expect(started).toEqual(['a1', 'b1']);
    let loops = 0;
    const count = () => {
      loops++;
      if (started.length < 6) setImmediate(count);
    };
    count();
    await promise;
    expect(started).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
    // Each of the four works that waited had a turn of its own.
    expect(loops).toBeGreaterThanOrEqual(4);
  });

  it('are longer while all work is of one key', async () => {
    const turns = new Turns();
    const loopsFor = async (keys: readonly string[]) => {
      const started: number[] = [];
      for (let place = 0; place < 20; place++) {
        turns.start(keys[place % keys.length] ?? '', () => {
          started.push(place);
          work(0.2);
        });
      }
      let loops = 0;
      for (; started.length < 20; loops++) await nextTurn();
      return loops;
    };
    expect(await loopsFor(['a', 'b'])).toBeGreaterThanOrEqual(18);
    // These turns are still short, because the last work of another key was less than 100 ms ago.
    await loopsFor(['a']);
    await sleep(150);
    expect(await loopsFor(['a'])).toBeLessThan(15);
  });

  it('let work of another key in where long work pauses, and nothing else', async () => {
    const turns = new Turns();
    const done: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const long = async () => {
      const started = performance.now();
      // Work that has just begun does not pause. Its start is set ahead, so that this holds even if another program takes the processor.
      expect(turns.pause(started + 1_000)).toBeUndefined();
      work(1.5);
      await turns.pause(started);
      done.push('a1');
      work(1.5);
    };
    turns.start('a', () => void long());
    turns.start('a', () => {
      done.push('a2');
      resolve();
    });
    turns.start('b', () => done.push('b'));
    await promise;
    expect(done).toEqual(['b', 'a1', 'a2']);
  });

  it('give few keys a start once the turn is over, however many there are', async () => {
    const turns = new Turns();
    let started = 0;
    const start = (key: number) =>
      turns.start(key, () => {
        started++;
        work(0.1);
      });
    turns.start(-1, () => work(1));
    for (let key = 0; key < 1_000; key++) start(key);
    expect(started).toBeGreaterThan(0);
    expect(started).toBeLessThan(100);
    while (turns.waiting > 0) await nextTurn();
    expect(started).toBe(1_000);
  });

  it('start nothing while they are held', async () => {
    const turns = new Turns();
    const started: string[] = [];
    turns.hold();
    turns.start('a', () => started.push('a'));
    await nextTurn();
    expect(started).toEqual([]);
    turns.release();
    await nextTurn();
    await nextTurn();
    expect(started).toEqual(['a']);
  });

  it('start nothing in turns that bring connections, but not for long', async () => {
    const turns = new Turns();
    const started: string[] = [];
    turns.start('a', () => work(2));
    turns.start('a', () => started.push('a'));
    let brought = 0;
    for (; started.length === 0 && brought < 100; brought++) {
      turns.connected();
      await nextTurn();
    }
    expect(brought).toBeGreaterThan(5);
    expect(brought).toBeLessThan(20);
  });
});
