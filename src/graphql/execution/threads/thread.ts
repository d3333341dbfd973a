import { Worker } from 'node:worker_threads';

/** The module that a thread runs, and the data that is passed to it. */
export interface ThreadModule {
  /** Answers each message with one message. Its `workerData` is a ThreadData. */
  readonly url: URL;
  readonly data: unknown;
}

/** What a thread's module is given as `workerData`. */
export interface ThreadData<Data = unknown> {
  readonly data: Data;
  /** Shared memory. Its one number is 1 while the present task is to be stopped, and 0 otherwise. */
  readonly stop: Int32Array;
}

/** A message for a thread, and who waits for the answer. */
export interface Task<Message, Answer> {
  readonly message: Message;
  answered(answer: Answer): void;
  failed(error: unknown): void;
}

/** A worker thread, which does one task at a time. */
export class Thread<Message, Answer> {
  readonly #worker: Worker;
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #task: Task<Message, Answer> | null = null;
  #killing: NodeJS.Timeout | undefined;
  #ended = false;

  /**
   * Starts the thread.
   * @param onFree Is called when the thread has answered.
   * @param onEnd Is called when the thread has ended, for whatever reason. Its task has failed then.
   */
  constructor({ url, data }: ThreadModule, onFree: () => void, onEnd: () => void) {
    this.#worker = new Worker(url, { workerData: { data, stop: this.#stop } satisfies ThreadData });
    let cause: unknown = null;
    this.#worker.on('message', (answer: Answer) => {
      const task = this.#task;
      this.#task = null;
      clearTimeout(this.#killing);
      task?.answered(answer);
      onFree();
    });
    this.#worker.on('error', (error) => {
      cause = error;
    });
    this.#worker.on('exit', (code) => {
      this.#ended = true;
      clearTimeout(this.#killing);
      this.#task?.failed(cause ?? new Error(`a thread ended with exit code ${code}`));
      onEnd();
    });
  }

  get free(): boolean {
    return this.#task === null && !this.#ended;
  }

  isDoing(task: Task<Message, Answer>): boolean {
    return this.#task === task;
  }

  /** Gives a task to a free thread. */
  start(task: Task<Message, Answer>): void {
    Atomics.store(this.#stop, 0, 0);
    this.#task = task;
    try {
      this.#worker.postMessage(task.message);
    } catch (error) {
      // The message has a value that cannot be sent to another thread.
      this.#task = null;
      task.failed(error);
    }
  }

  /**
   * Tells the thread to stop its task, because starting another thread takes longer than most tasks do. A thread that
   * has not answered within `grace` ms is ended.
   */
  stop(grace: number): void {
    Atomics.store(this.#stop, 0, 1);
    this.#killing = setTimeout(() => void this.end(), grace);
  }

  /**
   * Ends the thread, whatever it is doing. Resolves when it has ended. A statement of SQLite cannot be interrupted, so
   * that a thread ends when its present statement does.
   */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
  }
}
