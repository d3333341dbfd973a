import { RoundRobin } from '../../../waiting/round-robin.ts';
import { TooManyCostlyQueries } from '../costly-executor.ts';
import type { Task, WorkerProgram } from './worker-process.ts';
import { WorkerProcess } from './worker-process.ts';

export interface WorkerPoolLimits {
  readonly workers: number;
  /** How many tasks may wait for a worker: in all, and of each owner. */
  readonly waiting: { readonly total: number; readonly perKey: number };
  /** How long, in ms, a worker may go on with a task that nobody waits for any more, before its process is ended. */
  readonly grace: number;
}

/**
 * Processes that do tasks for several owners, who take turns. One is started when a task needs it, and is kept.
 *
 * They are processes and not threads, because ending a thread does not end a statement of SQLite that it is in, and can
 * abort the whole process (https://github.com/WiseLibs/better-sqlite3/issues/1507).
 */
export class WorkerPool<Owner, Message extends object, Answer> {
  readonly #program: WorkerProgram;
  readonly #limits: WorkerPoolLimits;
  readonly #waiting = new RoundRobin<Owner, Task<Message, Answer>>();
  readonly #workers = new Set<WorkerProcess<Message, Answer>>();
  #closed = false;

  constructor(program: WorkerProgram, limits: WorkerPoolLimits) {
    this.#program = program;
    this.#limits = limits;
  }

  /** How many tasks wait for a worker. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Does a task in a worker and returns its answer. When the signal aborts, a task that waits is dropped, and one that
   * has begun is ended after the grace. Rejects with TooManyCostlyQueries, with the signal's reason, or with the error of a
   * process that ended.
   */
  async run(owner: Owner, message: Message, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const task: Task<Message, Answer> = { message, answered: resolve, failed: reject };
    if (this.#closed) throw workersEnded();
    if (this.#waiting.isFull(owner, this.#limits.waiting)) throw new TooManyCostlyQueries();
    this.#waiting.push(owner, task);
    const drop = () => {
      reject(signal.reason);
      this.#waiting.remove(owner, task);
      for (const worker of this.#workers) if (worker.isDoing(task)) worker.stopWithin(this.#limits.grace);
    };
    signal.addEventListener('abort', drop);
    this.#assign();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', drop);
    }
  }

  /** Ends all workers. The tasks that they are doing, and those that wait, fail. */
  async close(): Promise<void> {
    this.#closed = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) next.item.failed(workersEnded());
    await Promise.all([...this.#workers].map((worker) => worker.end()));
  }

  /** Gives waiting tasks to free workers. */
  #assign(): void {
    while (this.#waiting.size > 0) {
      let worker;
      try {
        worker = this.#freeWorker();
      } catch (error) {
        // Node throws some errors of a process that cannot be started, such as ENOMEM, and emits others.
        this.#waiting.shift()?.item.failed(error);
        continue;
      }
      const task = worker && this.#waiting.shift()?.item;
      if (!worker || !task) return;
      worker.start(task);
    }
  }

  /**
   * A worker that has nothing to do, started if need be; null when all are busy. One that is being ended counts until it
   * has ended, so that there are never more than the limit.
   */
  #freeWorker(): WorkerProcess<Message, Answer> | null {
    for (const worker of this.#workers) if (worker.free) return worker;
    if (this.#workers.size >= this.#limits.workers) return null;
    const worker: WorkerProcess<Message, Answer> = new WorkerProcess(
      this.#program,
      () => this.#assign(),
      () => {
        this.#workers.delete(worker);
        this.#assign();
      },
    );
    this.#workers.add(worker);
    return worker;
  }
}

function workersEnded(): Error {
  return new Error('the workers have been ended, because the server stops');
}
