import type { DatabaseWork, OnDatabaseWork } from './database.ts';

/** Tells the listener of `Database.measure` how long the database's work takes. */
export class WorkTimes {
  #listener: OnDatabaseWork = () => {};

  /** See `Database.measure`. */
  listen(listener: OnDatabaseWork): void {
    this.#listener = listener;
  }

  /** Returns a function that is called with the seconds that such a piece of work took. */
  of(work: DatabaseWork): (seconds: number) => void {
    return (seconds) => this.#listener(work, seconds);
  }

  /** Runs a write and measures it, also when it fails. */
  async ofWrite<Result>(write: () => Promise<Result>): Promise<Result> {
    const started = performance.now();
    try {
      return await write();
    } finally {
      this.#listener('write', (performance.now() - started) / 1000);
    }
  }
}
