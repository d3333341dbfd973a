import { Worker } from 'node:worker_threads';

/** What the thread runs. A signal is the only way for it to end the whole process. */
const WATCH = `
  const { workerData } = require('node:worker_threads');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), workerData);
`;

/**
 * Kills the process after `ms` if it has not ended by itself. A timer of the main thread would not fire while its event loop
 * is blocked, so a thread of its own waits. A process that is killed so ends with SIGKILL, and not with exit code 0. Its
 * database is as after any crash: what was acknowledged is there.
 */
export function endWithin(ms: number): void {
  new Worker(WATCH, { eval: true, workerData: ms }).unref();
}
