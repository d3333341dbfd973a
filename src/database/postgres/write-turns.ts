import { inTraceOfCaller } from '../tracing.ts';

interface WaitingWrite<Key> {
  readonly key: Key;
  start(): void;
  failed(error: unknown): void;
}

/**
 * Runs the writes of each workspace one after the other within this process, and no more writes at a time than there are connections
 * for them. The lock on the workspace's row separates the writes of different processes. Without these turns, all connections could
 * wait for the row of one workspace.
 */
export class WriteTurns<Key> {
  readonly #size: number;
  #running: Key[] = [];
  #waiting: WaitingWrite<Key>[] = [];
  #idle: (() => void)[] = [];

  /** `size` is how many writes may run at a time. */
  constructor(size: number) {
    this.#size = size;
  }

  /** How many writes wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs `write` when no other one of this key runs. */
  run<Result>(key: Key, write: () => Promise<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const start = inTraceOfCaller(() => {
        write()
          .then(resolve, reject)
          .finally(() => this.#done(key));
      });
      this.#waiting.push({ key, start, failed: reject });
      this.#startNext();
    });
  }

  /** Fails all writes that wait at present. They have already waited, and should not each wait for the same outage. */
  failWaiting(error: unknown): void {
    for (const { failed } of this.#waiting.splice(0)) failed(error);
  }

  /** Resolves when no write runs or waits. */
  async idle(): Promise<void> {
    if (this.#running.length + this.#waiting.length > 0) {
      await new Promise<void>((resolve) => void this.#idle.push(resolve));
    }
  }

  #done(key: Key): void {
    this.#running.splice(this.#running.indexOf(key), 1);
    this.#startNext();
    if (this.#running.length === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #startNext(): void {
    while (this.#running.length < this.#size) {
      const place = this.#waiting.findIndex(({ key }) => !this.#running.includes(key));
      const [next] = place < 0 ? [] : this.#waiting.splice(place, 1);
      if (!next) return;
      this.#running.push(next.key);
      next.start();
    }
  }
}
