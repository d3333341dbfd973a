// Runs in the server's process, by `--expose-gc --import`: answers each message of the parent with what is allocated.
import { PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** What the objects of a process take, between garbage collections. */
export interface Allocated {
  readonly bytes: number;
  /** How many collections there have been. Between two measurements without any, the bytes are all that was allocated. */
  readonly collections: number;
}

// Worker threads run this file as well.
if (isMainThread && process.send) {
  let collections = 0;
  new PerformanceObserver((list) => (collections += list.getEntries().length)).observe({ entryTypes: ['gc'] });
  process.on('message', (message) => {
    if (message === 'collect') globalThis.gc?.();
    // The observer is told of a collection after it.
    setTimeout(() => {
      process.send?.({ bytes: process.memoryUsage().heapUsed, collections } satisfies Allocated);
    }, 50);
  });
  process.channel?.unref();
}
