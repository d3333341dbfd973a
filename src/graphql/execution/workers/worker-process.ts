import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';

/** The program of a worker: a module that answers each message with one message, and its arguments. */
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

/** A process of its own, which does one task at a time. */
export class WorkerProcess<Message extends object, Answer> {
  readonly #process: ChildProcess;
  #task: Task<Message, Answer> | null = null;
  #grace: NodeJS.Timeout | undefined;
  #ended = false;

  /**
   * Starts the process.
   * @param onFree Is called when the worker has answered.
   * @param onEnd Is called when the process has ended, for whatever reason. Its task has failed then.
   */
  constructor({ module, args }: WorkerProgram, onFree: () => void, onEnd: () => void) {
    // `advanced` copies strings as they are. The default would write them as JSON within JSON.
    this.#process = fork(module, args, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#process.on('message', (answer) => {
      const task = this.#task;
      this.#task = null;
      clearTimeout(this.#grace);
      task?.answered(answer as Answer);
      onFree();
    });
    const end = (cause: Error) => {
      if (this.#ended) return;
      this.#ended = true;
      clearTimeout(this.#grace);
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

  /** Gives a task to a free worker. */
  start(task: Task<Message, Answer>): void {
    this.#task = task;
    // The process could not be started, or has just ended. `error` or `exit` follows, which fails the task.
    if (!this.#process.connected) return;
    try {
      // A later error of `send` means that the process has ended, which `exit` reports as well.
      this.#process.send(task.message, () => {});
    } catch (error) {
      // The message has a value that cannot be sent to another process.
      this.#task = null;
      task.failed(error);
    }
  }

  /**
   * Ends the process when it has not done its task within `grace` ms. A process that has done it goes on, because
   * starting another one takes longer than most tasks do.
   */
  stopWithin(grace: number): void {
    this.#grace = setTimeout(() => this.#process.kill('SIGKILL'), grace);
  }

  /** Ends the process at once, whatever it is doing. Resolves when it has ended. */
  async end(): Promise<void> {
    if (this.#ended) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }
}
