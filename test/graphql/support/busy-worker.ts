import Sqlite from 'better-sqlite3';

/** What the worker is to do. */
export interface BusyTask {
  readonly name: string;
  /** To work for so long, in ms. */
  readonly ms?: number;
  /** To run a statement that never ends. */
  readonly endless?: boolean;
  /** To fail. */
  readonly fail?: 'exit' | 'throw' | 'kill';
}

export interface BusyAnswer {
  /** The names of all tasks that the process has begun. */
  readonly begun: readonly string[];
  readonly pid: number;
}

// A worker for tests. It works without a pause, as a worker does that reads much.

const begun: string[] = [];

process.on('disconnect', () => process.exit());
process.on('message', ({ name, ms = 0, endless = false, fail }: BusyTask) => {
  begun.push(name);
  if (fail === 'exit') process.exit(3);
  if (fail === 'kill') process.kill(process.pid, 'SIGKILL');
  if (fail === 'throw') throw new Error('the task cannot be done');
  if (endless) new Sqlite(':memory:').exec('with recursive n as (select 1 union all select 1 from n) select * from n');
  const end = performance.now() + ms;
  while (performance.now() < end);
  process.send?.({ begun, pid: process.pid } satisfies BusyAnswer);
});
