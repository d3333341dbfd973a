// Runs in the server's process, loaded by `--expose-gc --import`. It answers each message of the parent process with the allocated memory.
import { PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** The memory that the objects of a process take at one time. */
export interface Allocated {
  readonly bytes: number;
  /**
   * The number of garbage collections so far. If none happens between two measurements, their difference in bytes is the allocated memory.
   */
  readonly collections: number;
}

// Worker threads also run this file, but only the main thread answers.
if (isMainThread && process.send) {
  let collections = 0;
  new PerformanceObserver((list) => (collections += list.getEntries().length)).observe({ entryTypes: ['gc'] });
  process.on('message', (message) => {
    if (message === 'collect') globalThis.gc?.();
    // Wait before answering, because the observer hears of a garbage collection only after it.
    setTimeout(() => {
      process.send?.({ bytes: process.memoryUsage().heapUsed, collections } satisfies Allocated);
    }, 50);
  });
  process.channel?.unref();
}
