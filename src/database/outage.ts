import type { OutageListener } from './database.ts';

/** An outage ends when nothing has failed for this time, in ms. Faults at shorter intervals are one outage. */
const QUIET = 10_000;

/** The time, in ms, between two checks of a database: see `Database.watch`. */
export const LOOK_INTERVAL = 1_000;

/** Remembers whether the database fails, so that an outage is reported once, however many statements fail. */
export class Outage {
  #reason: string | null = null;
  #began = 0;
  #lastFault = 0;
  #listener: OutageListener = () => {};

  get underWay(): boolean {
    return this.#reason !== null;
  }

  listen(listener: OutageListener): void {
    this.#listener = listener;
  }

  /** Call it when a statement or a check of the database has failed. */
  fault(reason: string): void {
    this.#lastFault = performance.now();
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#began = this.#lastFault;
    this.#listener({ kind: 'began', reason });
  }

  /** Call it when a read and a write have succeeded. */
  works(): void {
    const now = performance.now();
    if (this.#reason === null || now - this.#lastFault < QUIET) return;
    this.#reason = null;
    this.#listener({ kind: 'ended', seconds: Math.round((this.#lastFault - this.#began) / 1000) });
  }
}
