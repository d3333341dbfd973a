import type { OutageListener } from './database.ts';

/** For how long, in ms, nothing may fail before an outage counts as over, so that a fault now and then is one outage. */
const QUIET = 10_000;

/** Remembers whether the database fails, so that an outage is told once however many statements it hits. */
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

  /** A statement or a look at the database has failed. */
  fault(reason: string): void {
    this.#lastFault = performance.now();
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#began = this.#lastFault;
    this.#listener({ kind: 'began', reason });
  }

  /** Reading and writing have been tried, and work. */
  works(): void {
    const now = performance.now();
    if (this.#reason === null || now - this.#lastFault < QUIET) return;
    this.#reason = null;
    this.#listener({ kind: 'ended', seconds: Math.round((this.#lastFault - this.#began) / 1000) });
  }
}
