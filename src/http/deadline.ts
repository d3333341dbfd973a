/** How often, in ms, deadlines are looked at. A deadline is late by this much at most. */
const INTERVAL = 50;

let pending: Deadline[] = [];
let clock: NodeJS.Timeout | undefined;

/**
 * Calls a function when its time has come, unless it is cancelled before. All deadlines share one timer, because a timer for
 * each request takes longer than all else that is done for its deadline.
 */
export class Deadline {
  readonly #time: number;
  /** null: it has been cancelled, or has passed. */
  #passed: (() => void) | null;

  /** The function is called `timeout` ms from now, or up to INTERVAL later. */
  constructor(timeout: number, passed: () => void) {
    this.#time = performance.now() + timeout;
    this.#passed = passed;
    pending.push(this);
    clock ??= setInterval(look, INTERVAL).unref();
  }

  cancel(): void {
    this.#passed = null;
  }

  /** Calls the function if it is time. Returns whether the deadline still lies ahead. */
  look(now: number): boolean {
    const passed = this.#passed;
    if (passed === null) return false;
    if (now < this.#time) return true;
    this.#passed = null;
    passed();
    return false;
  }
}

function look(): void {
  const now = performance.now();
  const looked = pending;
  // Functions that are called may add deadlines.
  pending = [];
  const ahead = looked.filter((deadline) => deadline.look(now));
  pending = [...ahead, ...pending];
  if (pending.length > 0) return;
  clearInterval(clock);
  clock = undefined;
}
