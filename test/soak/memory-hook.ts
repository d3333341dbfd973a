// Runs in the server's process, by `--expose-gc --import`. It answers each message of the parent with the memory in use after garbage
// collection, so that the server itself needs no code for this.
import { setTimeout as wait } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';

/** Bytes in use after garbage collection. */
export interface Memory {
  /** Objects of JavaScript. */
  readonly heap: number;
  /** Buffers and other memory that native code has reported to V8. */
  readonly external: number;
}

// Worker threads run this file as well.
if (isMainThread && process.send) {
  process.on('message', () => void measure().then((memory) => process.send?.(memory)));
  // The channel must not keep the process alive.
  process.channel?.unref();
}

async function measure(): Promise<Memory> {
  // Finalizers that run after a collection may keep objects, which only the next collection frees.
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.();
    await wait(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, external };
}
