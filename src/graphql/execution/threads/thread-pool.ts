import { FairQueue } from './fair-queue.ts';
import type { QueueLimits } from './fair-queue.ts';
import type { Task, ThreadModule } from './thread.ts';
import { Thread } from './thread.ts';

/** As many tasks wait for a thread as may wait. */
export class ThreadPoolFull extends Error {
  constructor() {
    super('The server has too many costly operations to do at present. Try again.');
  }
}

export interface ThreadPoolLimits {
  readonly threads: number;
  /** How many tasks may wait for a thread. */
  readonly waiting: QueueLimits;
  /** How long, in ms, a thread has to stop its task when told to. It is ended otherwise. */
  readonly grace: number;
}

/**
 * Threads that do tasks for several owners, who take turns. A thread is started when a task needs one, and is kept.
 *
 * Piscina was tried. It holds tasks that have an AbortSignal outside of its bounded queue. It also starts another thread
 * while one that was aborted is still busy with its last statement. Here a thread has ended before another one takes its
 * place, so that there are never more threads than the limit.
 */
export class ThreadPool<Owner, Message, Answer> {
  readonly #module: ThreadModule;
  readonly #limits: ThreadPoolLimits;
  readonly #waiting: FairQueue<Owner, Task<Message, Answer>>;
  readonly #threads = new Set<Thread<Message, Answer>>();
  #closed = false;

  constructor(module: ThreadModule, limits: ThreadPoolLimits) {
    this.#module = module;
    this.#limits = limits;
    this.#waiting = new FairQueue(limits.waiting);
  }

  /**
   * Does a task in a thread and returns its answer. When the signal aborts, a task that waits is dropped, and one that
   * has begun is stopped. Rejects with ThreadPoolFull, with the signal's reason, or with the error that ended the thread.
   */
  async run(owner: Owner, message: Message, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const task: Task<Message, Answer> = { message, answered: resolve, failed: reject };
    if (this.#closed) throw threadsEnded();
    if (!this.#waiting.add(owner, task)) throw new ThreadPoolFull();
    const drop = () => {
      reject(signal.reason);
      this.#waiting.remove(owner, task);
      for (const thread of this.#threads) if (thread.isDoing(task)) thread.stop(this.#limits.grace);
    };
    signal.addEventListener('abort', drop);
    this.#assign();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', drop);
    }
  }

  /** Ends all threads. The tasks that they are doing, and those that wait, fail. */
  async close(): Promise<void> {
    this.#closed = true;
    for (let task = this.#waiting.take(); task; task = this.#waiting.take()) task.failed(threadsEnded());
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  /** Gives waiting tasks to free threads. */
  #assign(): void {
    while (this.#waiting.size > 0) {
      const thread = this.#freeThread();
      const task = thread && this.#waiting.take();
      if (!task) return;
      thread.start(task);
    }
  }

  /** A thread that has nothing to do, started if need be; null when all are busy. */
  #freeThread(): Thread<Message, Answer> | null {
    for (const thread of this.#threads) if (thread.free) return thread;
    if (this.#threads.size >= this.#limits.threads) return null;
    const thread: Thread<Message, Answer> = new Thread(
      this.#module,
      () => this.#assign(),
      () => {
        this.#threads.delete(thread);
        this.#assign();
      },
    );
    this.#threads.add(thread);
    return thread;
  }
}

function threadsEnded(): Error {
  return new Error('the threads have been ended, because the server stops');
}
