// Runs in the server's process, by `--expose-gc --import`: answers each message of the parent with the memory in use after
// garbage collection. So the server itself needs no door for it.
import { setTimeout as wait } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';

/** Bytes in use after garbage collection. */
export interface Memory {
  /** JavaScript's objects. */
  readonly heap: number;
  /** Buffers and what native code has told of. */
  readonly external: number;
}

// Worker threads run this file as well.
if (isMainThread && process.send) {
  process.on('message', () => void measure().then((memory) => process.send?.(memory)));
  // The channel alone must not keep the process from ending.
  process.channel?.unref();
}

async function measure(): Promise<Memory> {
  // What one collection finds to be unused may be kept by finalizers that run after it.
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.();
    await wait(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, external };
}
