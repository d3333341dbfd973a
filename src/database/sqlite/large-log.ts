import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { SqliteConnection } from './connection.ts';
import { LARGE_LOG } from './open-connection.ts';

/** The number of pages in the log from which on SQLite empties it at each commit: its own default. */
const AUTOMATIC = 1_000;

/** How long, in ms, no process is started after one has failed. */
const RETRY_INTERVAL = 60_000;

/**
 * Has a large log (-wal) brought into the database by another process. SQLite would do it within a commit, which stops the event
 * loop: for about half a second for the log that has grown during a long dump. Logs of the usual size are left to SQLite.
 */
export class LargeLog {
  readonly #file: string;
  readonly #writer: SqliteConnection;
  #process: ChildProcess | null = null;
  #failedAt = Number.NEGATIVE_INFINITY;

  /** `writer` makes all commits of this process. */
  constructor(file: string, writer: SqliteConnection) {
    this.#file = file;
    this.#writer = writer;
  }

  /**
   * Call it before a transaction when the log's file is large. Starts the process, unless it runs or most of the log is in the database
   * already. Throws what the connection throws.
   */
  empty(): void {
    if (this.#process || performance.now() - this.#failedAt < RETRY_INTERVAL) return;
    if (bytesToBringIn(this.#writer) <= LARGE_LOG) return;
    // The module's name ends in .ts in the repository, and in .js in the compiled package.
    const module = join(import.meta.dirname, `empty-log${extname(import.meta.filename)}`);
    let child;
    try {
      child = fork(module, [this.#file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    } catch {
      // Node throws some errors of a process that cannot be started, such as ENOMEM, and emits others. SQLite empties the log then.
      this.#failedAt = performance.now();
      return;
    }
    // A command may end although the process is not done. `close` ends it then.
    child.unref();
    child.channel?.unref();
    // A process that cannot be started emits no `exit`.
    child.once('error', () => this.#ended(child, false));
    child.once('exit', (code) => this.#ended(child, code === 0));
    this.#process = child;
    this.#writer.run('pragma wal_autocheckpoint = 0');
  }

  /** Ends the process, and resolves when it has ended. What it has not brought into the database stays in the log. */
  async close(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
    child.ref();
    child.kill('SIGKILL');
    await ended;
  }

  #ended(child: ChildProcess, succeeded: boolean): void {
    if (this.#process !== child) return;
    this.#process = null;
    if (!succeeded) this.#failedAt = performance.now();
    // A connection that is opened anew has this setting from the beginning.
    if (this.#writer.open) this.#writer.run(`pragma wal_autocheckpoint = ${AUTOMATIC}`);
  }
}

/** The bytes of the pages in the log that are not in the database yet. */
function bytesToBringIn(connection: SqliteConnection): number {
  const [state] = connection.all<{ log: number; checkpointed: number }>('pragma wal_checkpoint(noop)');
  const [size] = connection.all<{ page_size: number }>('pragma page_size');
  return state && size ? (state.log - state.checkpointed) * size.page_size : 0;
}
