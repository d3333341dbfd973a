import { inTraceOfCaller } from '../tracing.ts';

interface Turn<Key> {
  readonly key: Key;
  readonly isLong: boolean;
}

interface WaitingWrite<Key> extends Turn<Key> {
  start(): void;
  failed(error: unknown): void;
}

/**
 * Runs the writes of each workspace one after the other within this process, and no more writes at a time than there are connections
 * for them. The lock on the workspace's row separates the writes of different processes. Without these turns, all connections could
 * wait for the row of one workspace. Writes that may take seconds, such as imports, get half of the connections at most, so that those of
 * other workspaces need not wait for them.
 */
export class WriteTurns<Key> {
  readonly #size: number;
  readonly #maxLong: number;
  #running: Turn<Key>[] = [];
  #waiting: WaitingWrite<Key>[] = [];
  #idle: (() => void)[] = [];

  /** `size` is how many writes may run at a time. */
  constructor(size: number) {
    this.#size = size;
    this.#maxLong = Math.max(1, Math.floor(size / 2));
  }

  /** How many writes wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs `write` when no other one of this key runs. `long`: it may take seconds. */
  run<Result>(key: Key, write: () => Promise<Result>, { long = false } = {}): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const start = inTraceOfCaller(() => {
        write()
          .then(resolve, reject)
          .finally(() => this.#done(turn));
      });
      const turn = { key, isLong: long, start, failed: reject };
      this.#waiting.push(turn);
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

  #done(turn: Turn<Key>): void {
    this.#running.splice(this.#running.indexOf(turn), 1);
    this.#startNext();
    if (this.#running.length === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #startNext(): void {
    while (this.#running.length < this.#size) {
      const place = this.#waiting.findIndex((turn) => this.#mayRun(turn));
      const [next] = place < 0 ? [] : this.#waiting.splice(place, 1);
      if (!next) return;
      this.#running.push(next);
      next.start();
    }
  }

  #mayRun({ key, isLong }: Turn<Key>): boolean {
    if (this.#running.some((running) => running.key === key)) return false;
    return !isLong || this.#running.filter((running) => running.isLong).length < this.#maxLong;
  }
}
