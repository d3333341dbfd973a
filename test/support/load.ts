import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { LoadOptions, Seen } from './closed-loop.ts';
import { ClosedLoop } from './closed-loop.ts';
import { afterwards } from './afterwards.ts';

type Question = 'answered' | 'connected';

export interface Load {
  /** How many answers the clients have received. */
  answered(): Promise<number>;
  /** How many clients have a connection. */
  connected(): Promise<number>;
  /** Ends the load. Returns what its clients have seen. */
  stop(): Promise<Seen>;
}

/** Starts clients in a thread of their own, so that they do not slow down the measurements in the test's thread. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const worker = new Worker(new URL(import.meta.url), { workerData: options });
  afterwards(() => worker.terminate());
  await once(worker, 'message');
  const ask = async (question: Question): Promise<number> => {
    worker.postMessage(question, []);
    const [count] = (await once(worker, 'message')) as [number];
    return count;
  };
  return {
    answered: () => ask('answered'),
    connected: () => ask('connected'),
    async stop() {
      worker.postMessage('stop', []);
      const [seen] = (await once(worker, 'message')) as [Seen];
      await worker.terminate();
      return seen;
    },
  };
}

if (!isMainThread && parentPort && isLoad(workerData)) {
  // The low priority leaves enough time for the server and for the client that is measured, even with two cores.
  const thread = /\d+$/.exec(readlinkSync('/proc/thread-self'))?.[0];
  setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL);
  const port = parentPort;
  const loop = new ClosedLoop(workerData);
  port.on('message', (asked: Question | 'stop') => port.postMessage(asked === 'stop' ? loop.stop() : loop[asked]));
  port.postMessage('started');
}

/** Whether this thread was started by `startLoad`. `isMainThread` is not enough, because Vitest may run tests in threads too. */
function isLoad(data: unknown): data is LoadOptions {
  return typeof data === 'object' && data !== null && 'connections' in data && 'requests' in data;
}
