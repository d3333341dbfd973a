/** How often, in ms, the connections are looked at. A connection is closed this much too late at most. */
export const LOOK_INTERVAL = 500;

/** The answers that a connection waits for. */
export class AwaitedAnswers {
  /** How often the connection has been looked at since the last answer, or since a statement was sent when none was awaited. */
  looks = 0;
  /** Whether the connection is in the pool and unused. */
  isFree = false;
  /** How many statements have been sent and not been answered. */
  #count = 0;
  /** How many looks without an answer the connection may have while it waits. */
  #mostLooks = Number.POSITIVE_INFINITY;

  get isAwaited(): boolean {
    return this.#count > 0;
  }

  get isLate(): boolean {
    return this.isAwaited && this.looks > this.#mostLooks;
  }

  /** How long, in ms, an answer may take from now on. */
  allow(ms: number): void {
    this.#mostLooks = Math.ceil(ms / LOOK_INTERVAL);
  }

  sent(): void {
    if (this.#count === 0) this.looks = 0;
    this.#count += 1;
  }

  received(): void {
    this.looks = 0;
    this.#count -= 1;
  }
}
