import { Worker } from 'node:worker_threads';

/** The code of the thread. A thread can end the whole process only with a signal. */
const WATCH = `
  const { workerData } = require('node:worker_threads');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), workerData);
`;

/**
 * Kills the process after `ms` if it has not ended by itself. A timer of the main thread would not fire while its event loop
 * is blocked, so a separate thread waits. The process then ends with SIGKILL, and not with exit code 0. As after any crash,
 * the database has every write that was acknowledged.
 */
export function endWithin(ms: number): void {
  new Worker(WATCH, { eval: true, workerData: ms }).unref();
}
