import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';

/** The program of a worker: a module that sends READY, and then answers each message with one message, and its arguments. */
export interface WorkerProgram {
  /** The path of the module. */
  readonly module: string;
  readonly args: readonly string[];
}

/** A message for a worker, with the callbacks for the answer and for a failure. */
export interface Task<Message, Answer> {
  readonly message: Message;
  answered(answer: Answer): void;
  failed(error: unknown): void;
}

/** A worker's process ended before it had done its task. */
export class WorkerEnded extends Error {}

/** What a worker sends when its program is loaded. */
export const READY = 'ready';

/** How long, in ms, a process may take to send READY. On a slow or busy machine it takes many seconds. */
const START_LIMIT = 60_000;

/** A process of its own, which does one task at a time. */
export class WorkerProcess<Message extends object, Answer> {
  readonly #process: ChildProcess;
  #task: Task<Message, Answer> | null = null;
  /** Ends the process: when it does not get ready, and after the grace of a task. */
  #deadline: NodeJS.Timeout | undefined;
  readonly #onFree: () => void;
  #ready = false;
  #ended = false;

  /**
   * Starts the process.
   * @param onFree Is called when the worker can be given another task.
   * @param onEnd Is called when the process has ended, for whatever reason. Its task has failed then.
   */
  constructor({ module, args }: WorkerProgram, onFree: () => void, onEnd: () => void) {
    // `advanced` copies strings as they are. The default would write them as JSON within JSON.
    this.#process = fork(module, args, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#onFree = onFree;
    this.#endWithin(START_LIMIT);
    this.#process.on('message', (message) => {
      clearTimeout(this.#deadline);
      const task = this.#task;
      if (message === READY) {
        this.#ready = true;
        if (task) this.#send(task);
        return;
      }
      this.#task = null;
      task?.answered(message as Answer);
      onFree();
    });
    const end = (cause: Error) => {
      if (this.#ended) return;
      this.#ended = true;
      clearTimeout(this.#deadline);
      this.#task?.failed(cause);
      onEnd();
    };
    // A process that cannot be started emits no `exit`.
    this.#process.on('error', end);
    this.#process.on('exit', (code, signal) => end(new WorkerEnded(`a worker process ended with ${signal ?? code}`)));
  }

  get free(): boolean {
    return this.#task === null && !this.#ended;
  }

  isDoing(task: Task<Message, Answer>): boolean {
    return this.#task === task;
  }

  /** Gives a task to a free worker. One that is still being started begins it when it is ready. */
  start(task: Task<Message, Answer>): void {
    this.#task = task;
    if (this.#ready) this.#send(task);
  }

  /**
   * Ends the process when it has not done its task within `grace` ms. A process that has done it goes on, because starting another one
   * takes longer than most tasks do. One that is still being started goes on without the task, which it has not begun.
   */
  stopWithin(grace: number): void {
    if (this.#ready) return this.#endWithin(grace);
    this.#task = null;
    this.#onFree();
  }

  #endWithin(time: number): void {
    this.#deadline = setTimeout(() => this.#process.kill('SIGKILL'), time);
  }

  #send(task: Task<Message, Answer>): void {
    // The process could not be started, or has just ended. `error` or `exit` follows, which fails the task.
    if (!this.#process.connected) return;
    try {
      // A later error of `send` means that the process has ended, which `exit` reports as well.
      this.#process.send(task.message, () => {});
    } catch (error) {
      // The message has a value that cannot be sent to another process.
      this.#task = null;
      task.failed(error);
      this.#onFree();
    }
  }

  /** Ends the process at once, whatever it is doing. Resolves when it has ended. */
  async end(): Promise<void> {
    if (this.#ended) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }
}
