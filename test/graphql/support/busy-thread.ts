import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadData } from '../../../src/graphql/execution/threads/thread.ts';

/** What the thread is to do: to work for so long, or to fail. */
export interface BusyTask {
  readonly name: string;
  readonly ms?: number;
  /** Whether it stops when it is told to. */
  readonly obedient?: boolean;
  readonly fail?: 'exit' | 'throw';
}

// A thread for tests. It works without a pause, as a thread does that reads much, and answers with the names of all
// tasks that it has begun.

const { stop } = workerData as ThreadData;
const begun: string[] = [];

parentPort?.on('message', ({ name, ms = 0, obedient = false, fail }: BusyTask) => {
  begun.push(name);
  if (fail === 'exit') process.exit(3);
  if (fail === 'throw') throw new Error('the task cannot be done');
  const end = performance.now() + ms;
  while (performance.now() < end && !(obedient && Atomics.load(stop, 0) === 1));
  parentPort?.postMessage(begun);
});
