/** How often, in ms, deadlines are looked at. A deadline is late by this much at most. */
const INTERVAL = 50;

const pending = new Set<Deadline>();
let clock: NodeJS.Timeout | undefined;

/**
 * Calls a function when its time has come, unless it is cancelled before. All deadlines share one timer, because a timer for
 * each request takes longer than all else that is done for its deadline.
 */
export class Deadline {
  readonly #time: number;
  readonly #passed: () => void;

  /** The function is called `timeout` ms from now, or up to INTERVAL later. */
  constructor(timeout: number, passed: () => void) {
    this.#time = performance.now() + timeout;
    this.#passed = passed;
    pending.add(this);
    clock ??= setInterval(look, INTERVAL).unref();
  }

  cancel(): void {
    pending.delete(this);
  }

  /** Calls the function if it is time. */
  look(now: number): void {
    if (now < this.#time) return;
    pending.delete(this);
    this.#passed();
  }
}

function look(): void {
  const now = performance.now();
  for (const deadline of pending) deadline.look(now);
  if (pending.size > 0) return;
  clearInterval(clock);
  clock = undefined;
}
