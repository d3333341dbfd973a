import { parentPort } from 'node:worker_threads';

/** What the thread is to do: to work for so long, or to fail. */
export interface BusyTask {
  readonly name: string;
  readonly ms?: number;
  readonly fail?: 'exit' | 'throw';
}

// A thread for tests. It works without a pause, as a thread does that reads much, and answers with the names of all
// tasks that it has begun.

const begun: string[] = [];

parentPort?.on('message', ({ name, ms = 0, fail }: BusyTask) => {
  begun.push(name);
  if (fail === 'exit') process.exit(3);
  if (fail === 'throw') throw new Error('the task cannot be done');
  const end = performance.now() + ms;
  while (performance.now() < end);
  parentPort?.postMessage(begun);
});
