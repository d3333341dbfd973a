import Sqlite from 'better-sqlite3';
import { READY } from '../../../src/graphql/execution/workers/worker-process.ts';

/** A task for the worker. */
export interface BusyTask {
  readonly name: string;
  /** Keep the process busy for this long, in ms. */
  readonly ms?: number;
  /** Run a statement that never ends. */
  readonly endless?: boolean;
  /** Fail in this way. */
  readonly fail?: 'exit' | 'throw' | 'kill';
}

export interface BusyAnswer {
  /** The names of all tasks that the process has started. */
  readonly begun: readonly string[];
  readonly pid: number;
}

// A worker process for tests. It never yields to the event loop, like a worker that reads a lot. Its argument says how long, in ms, it is
// busy before it is ready.

function keepBusy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const begun: string[] = [];

process.on('disconnect', () => process.exit());
process.on('message', ({ name, ms = 0, endless = false, fail }: BusyTask) => {
  begun.push(name);
  if (fail === 'exit') process.exit(3);
  if (fail === 'kill') process.kill(process.pid, 'SIGKILL');
  if (fail === 'throw') throw new Error('the task cannot be done');
  if (endless) new Sqlite(':memory:').exec('with recursive n as (select 1 union all select 1 from n) select * from n');
  keepBusy(ms);
  process.send?.({ begun, pid: process.pid } satisfies BusyAnswer);
});

keepBusy(Number(process.argv[2]));
process.send?.(READY);
