import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../src/graphql/execution/threads/fair-queue.ts';
import { ThreadPool, ThreadPoolFull } from '../../src/graphql/execution/threads/thread-pool.ts';
import { afterwards } from '../support/afterwards.ts';
import type { BusyTask } from './support/busy-thread.ts';

const url = new URL('./support/busy-thread.ts', import.meta.url);
const FOREVER = 600_000;

/** A pool, and a function that runs a task for an owner. */
function pool({ threads = 1, total = 20, perOwner = 10, grace = 20 } = {}) {
  const made = new ThreadPool<string, BusyTask, string[]>(
    { url, data: null },
    { threads, waiting: { total, perOwner }, grace },
  );
  afterwards(() => made.close());
  const run = (owner: string, task: BusyTask, signal = new AbortController().signal) => made.run(owner, task, signal);
  return { run, close: () => made.close() };
}

/** How many ms of processor time this process uses in so many ms. */
async function cpuIn(ms: number): Promise<number> {
  const before = process.cpuUsage();
  await sleep(ms);
  return process.cpuUsage(before).user / 1_000;
}

describe('a pool of threads', () => {
  it('keeps a thread for the tasks that follow', async () => {
    const { run } = pool();
    await run('A', { name: '1' });
    expect(await run('A', { name: '2' })).toEqual(['1', '2']);
  });

  it('lets the owners of waiting tasks take turns', async () => {
    const { run } = pool();
    const tasks = ['A1', 'A2', 'A3', 'A4', 'B1', 'C1', 'B2'].map((name) => run(name.charAt(0), { name }));
    await Promise.all(tasks);
    // The thread takes the first task before the others come.
    expect((await run('A', { name: 'last' })).slice(0, -1)).toEqual(['A1', 'A2', 'B1', 'C1', 'A3', 'B2', 'A4']);
  });

  it('refuses at once what is beyond its bounds, and only that', async () => {
    const { run } = pool({ total: 4, perOwner: 3 });
    const first = run('A', { name: 'A0', ms: 50 });
    const waiting = ['A1', 'A2', 'A3'].map((name) => run('A', { name }));
    await expect(run('A', { name: 'A4' })).rejects.toThrow(ThreadPoolFull);
    const other = run('B', { name: 'B1' });
    await expect(run('C', { name: 'C1' })).rejects.toThrow(ThreadPoolFull);
    await Promise.all([first, ...waiting, other]);
    expect(await run('A', { name: 'A5' })).toEqual(['A0', 'A1', 'B1', 'A2', 'A3', 'A5']);
  });

  it('never begins a task whose caller has gone while it waited', async () => {
    const { run } = pool();
    const gone = new AbortController();
    const first = run('A', { name: 'first', ms: 50 });
    const dropped = run('A', { name: 'dropped' }, gone.signal);
    const third = run('A', { name: 'third' });
    gone.abort(new Error('the caller has gone'));
    await expect(dropped).rejects.toThrow('the caller has gone');
    await first;
    expect(await third).toEqual(['first', 'third']);
    await expect(run('A', { name: 'late' }, gone.signal)).rejects.toThrow('the caller has gone');
    expect(await run('A', { name: 'fourth' })).toEqual(['first', 'third', 'fourth']);
  });

  it('stops a task when its time is up, and keeps a thread that stops when it is told to', async () => {
    const { run } = pool({ grace: 10_000 });
    await run('A', { name: 'warm' });
    for (let times = 0; times < 3; times++) {
      const time = new AbortController();
      const endless = run('A', { name: 'endless', ms: FOREVER, obedient: true }, time.signal);
      await sleep(5);
      time.abort(new Error('the time is up'));
      await expect(endless).rejects.toThrow('the time is up');
    }
    expect(await run('A', { name: 'after' })).toEqual(['warm', 'endless', 'endless', 'endless', 'after']);
  });

  it('ends a thread that does not stop its task, and its thread uses no more processor time', async () => {
    const { run } = pool();
    await run('A', { name: 'warm' });
    const time = new AbortController();
    const endless = run('A', { name: 'endless', ms: FOREVER }, time.signal);
    const working = await cpuIn(300);
    time.abort(new Error('the time is up'));
    await expect(endless).rejects.toThrow('the time is up');
    await sleep(100);
    expect(await cpuIn(300)).toBeLessThan(working / 3);
    // A new thread, which has done nothing yet.
    expect(await run('A', { name: 'after' })).toEqual(['after']);
  });

  it('starts threads for the tasks that wait when those that were busy have been ended', async () => {
    const { run } = pool({ threads: 2 });
    const time = new AbortController();
    const endless = [
      run('A', { name: '1', ms: FOREVER }, time.signal),
      run('B', { name: '2', ms: FOREVER }, time.signal),
    ];
    const third = run('C', { name: '3' });
    await sleep(200);
    time.abort(new Error('the time is up'));
    for (const one of endless) await expect(one).rejects.toThrow('the time is up');
    expect(await third).toEqual(['3']);
  });

  it.each([
    ['exit', 'a thread ended with exit code 3'],
    ['throw', 'the task cannot be done'],
  ] as const)('replaces a thread that fails (%s), whose task alone is lost', async (fail, message) => {
    const { run } = pool();
    await run('A', { name: 'before' });
    const lost = run('A', { name: 'lost', fail });
    const next = run('A', { name: 'next' });
    await expect(lost).rejects.toThrow(message);
    expect(await next).toEqual(['next']);
  });

  it('ends with all its tasks when it is closed', async () => {
    const { run, close } = pool();
    const tasks = Promise.allSettled([run('A', { name: 'running', ms: FOREVER }), run('A', { name: 'waiting' })]);
    await sleep(200);
    await close();
    expect((await tasks).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(run('A', { name: 'late' })).rejects.toThrow('the server stops');
    expect(await cpuIn(200)).toBeLessThan(100);
  });
});

describe('a fair queue', () => {
  it('forgets owners that have nothing in it', () => {
    const queue = new FairQueue<string, number>({ total: 3, perOwner: 1 });
    expect([queue.add('A', 1), queue.add('A', 2), queue.add('B', 3)]).toEqual([true, false, true]);
    queue.remove('A', 1);
    queue.remove('A', 1);
    queue.remove('C', 3);
    expect([queue.size, queue.add('A', 4)]).toEqual([1, true]);
    expect([queue.take(), queue.take(), queue.take(), queue.size]).toEqual([3, 4, undefined, 0]);
  });
});
