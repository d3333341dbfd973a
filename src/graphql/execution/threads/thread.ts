import { Worker } from 'node:worker_threads';

/** The module that a thread runs, and the data that it is given as `workerData`. */
export interface ThreadModule {
  /** Answers each message with one message. */
  readonly url: URL;
  readonly data: unknown;
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
  #task: Task<Message, Answer> | null = null;
  #ending = false;

  /**
   * Starts the thread.
   * @param onFree Is called when the thread has answered.
   * @param onEnd Is called when the thread has ended, for whatever reason. Its task has failed then.
   */
  constructor({ url, data }: ThreadModule, onFree: () => void, onEnd: () => void) {
    this.#worker = new Worker(url, { workerData: data });
    let cause: unknown = null;
    this.#worker.on('message', (answer: Answer) => {
      const task = this.#task;
      this.#task = null;
      task?.answered(answer);
      onFree();
    });
    this.#worker.on('error', (error) => {
      cause = error;
    });
    this.#worker.on('exit', (code) => {
      this.#ending = true;
      this.#task?.failed(cause ?? new Error(`a thread ended with exit code ${code}`));
      onEnd();
    });
  }

  get free(): boolean {
    return this.#task === null && !this.#ending;
  }

  isDoing(task: Task<Message, Answer>): boolean {
    return this.#task === task;
  }

  /** Gives a task to a free thread. */
  start(task: Task<Message, Answer>): void {
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
   * Ends the thread, whatever it is doing. Resolves when it has ended. A statement of SQLite cannot be interrupted, so
   * that a thread ends when its present statement does.
   */
  async end(): Promise<void> {
    this.#ending = true;
    await this.#worker.terminate();
  }
}
