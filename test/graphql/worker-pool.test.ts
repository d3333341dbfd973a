import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TooManyCostlyQueries } from '../../src/graphql/execution/costly-executor.ts';
import { WorkerPool } from '../../src/graphql/execution/workers/worker-pool.ts';
import { afterwards } from '../support/afterwards.ts';
import type { BusyAnswer, BusyTask } from './support/busy-worker.ts';

const module = join(import.meta.dirname, 'support/busy-worker.ts');
const FOREVER = 600_000;
const TIME_IS_UP = new Error('the time is up');

/** A pool of one worker, and a function that runs a task for an owner. */
function pool({ total = 20, perKey = 10, grace = 20, startTime = 0 } = {}) {
  const limits = { workers: 1, waiting: { total, perKey }, grace };
  const made = new WorkerPool<string, BusyTask, BusyAnswer>({ module, args: [String(startTime)] }, limits);
  afterwards(() => made.close());
  return {
    run: (owner: string, task: BusyTask, signal = new AbortController().signal) => made.run(owner, task, signal),
    close: () => made.close(),
  };
}

/** Whether a process with this id exists. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a pool of workers', () => {
  it('keeps a process for the tasks that follow', async () => {
    const { run } = pool();
    const { pid } = await run('A', { name: '1' });
    expect(pid).not.toBe(process.pid);
    expect(await run('A', { name: '2' })).toEqual({ begun: ['1', '2'], pid });
  });

  it('goes on with the start of a process when the time of the task is up that it was started for', async () => {
    const { run } = pool({ startTime: 500 });
    const outcome = () =>
      run('A', { name: 'short' }, AbortSignal.timeout(300)).then(
        () => 'done',
        () => 'too late',
      );
    expect(await outcome()).toBe('too late');
    await expect.poll(outcome, { timeout: 30_000 }).toBe('done');
  });

  it('lets the owners of waiting tasks take turns', async () => {
    const { run } = pool();
    await Promise.all(['A1', 'A2', 'A3', 'A4', 'B1', 'C1', 'B2'].map((name) => run(name.charAt(0), { name })));
    const { begun } = await run('A', { name: 'last' });
    // The worker takes A1 before the other tasks arrive.
    expect(begun).toEqual(['A1', 'A2', 'B1', 'C1', 'A3', 'B2', 'A4', 'last']);
  });

  it('refuses at once what is beyond its bounds, and only that', async () => {
    const { run } = pool({ total: 4, perKey: 3 });
    const first = run('A', { name: 'A0', ms: 50 });
    const waiting = ['A1', 'A2', 'A3'].map((name) => run('A', { name }));
    await expect(run('A', { name: 'A4' })).rejects.toThrow(TooManyCostlyQueries);
    const other = run('B', { name: 'B1' });
    await expect(run('C', { name: 'C1' })).rejects.toThrow(TooManyCostlyQueries);
    await Promise.all([first, ...waiting, other]);
    const { begun } = await run('A', { name: 'A5' });
    expect(begun).toEqual(['A0', 'A1', 'B1', 'A2', 'A3', 'A5']);
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
    expect(await third).toMatchObject({ begun: ['first', 'third'] });
    await expect(run('A', { name: 'late' }, gone.signal)).rejects.toThrow('the caller has gone');
    expect(await run('A', { name: 'fourth' })).toMatchObject({ begun: ['first', 'third', 'fourth'] });
  });

  it.each([
    ['a statement', { endless: true }],
    ['code', { ms: FOREVER }],
  ])('ends %s when its time is up, and the process with it, before another one is started', async (_what, work) => {
    const { run } = pool();
    const { pid } = await run('A', { name: 'before' });
    const time = new AbortController();
    const endless = run('A', { name: 'endless', ...work }, time.signal);
    await sleep(50);
    expect(isAlive(pid)).toBe(true);
    // The caller has its answer in the same turn of the event loop: nothing is waited for.
    const turn = new Promise((resolve) => void setImmediate(resolve, 'a turn later'));
    time.abort(TIME_IS_UP);
    await expect(Promise.race([endless, turn])).rejects.toThrow(TIME_IS_UP);
    const next = await run('A', { name: 'next' });
    expect(next.begun).toEqual(['next']);
    expect(isAlive(pid)).toBe(false);
  });

  it('keeps the process of a task that is done soon after its time was up', async () => {
    const { run } = pool({ grace: 10_000 });
    const { pid } = await run('A', { name: 'before' });
    const time = new AbortController();
    const slow = run('A', { name: 'slow', ms: 60 }, time.signal);
    await sleep(5);
    time.abort(TIME_IS_UP);
    await expect(slow).rejects.toThrow(TIME_IS_UP);
    expect(await run('A', { name: 'next' })).toEqual({ begun: ['before', 'slow', 'next'], pid });
  });

  it.each([
    ['ends', { fail: 'exit' }, '3'],
    ['throws', { fail: 'throw' }, '1'],
    ['is killed', { fail: 'kill' }, 'SIGKILL'],
  ] as const)('replaces a process that %s, whose task alone is lost', async (_how, failing, how) => {
    const { run } = pool();
    await run('A', { name: 'before' });
    const lost = run('A', { name: 'lost', ...failing });
    const next = run('A', { name: 'next' });
    await expect(lost).rejects.toThrow(`a worker process ended with ${how}`);
    expect(await next).toMatchObject({ begun: ['next'] });
  });

  it('fails a task when no process can be started', async () => {
    const made = new WorkerPool<string, BusyTask, BusyAnswer>(
      { module: join(import.meta.dirname, 'support/no-such-module.ts'), args: [] },
      { workers: 1, waiting: { total: 1, perKey: 1 }, grace: 20 },
    );
    await expect(made.run('A', { name: '1' }, new AbortController().signal)).rejects.toThrow('ended with 1');
  });

  it('fails each task, and keeps no place for it, when starting a process throws', async () => {
    const made = new WorkerPool<string, BusyTask, BusyAnswer>(
      { module, args: ['x'.repeat(3_000_000)] },
      { workers: 1, waiting: { total: 1, perKey: 1 }, grace: 20 },
    );
    for (const name of ['1', '2']) {
      await expect(made.run('A', { name }, new AbortController().signal)).rejects.toThrow('E2BIG');
      expect(made.waiting).toBe(0);
    }
  });

  it('ends with all its tasks when it is closed', async () => {
    const { run, close } = pool();
    const { pid } = await run('A', { name: 'before' });
    const tasks = Promise.allSettled([run('A', { name: 'running', ms: FOREVER }), run('A', { name: 'waiting' })]);
    await close();
    expect((await tasks).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(isAlive(pid)).toBe(false);
    await expect(run('A', { name: 'late' })).rejects.toThrow('the server stops');
  });
});
