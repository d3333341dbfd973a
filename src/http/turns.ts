import { AsyncResource } from 'node:async_hooks';
import { RoundRobin } from './round-robin.ts';

/**
 * For how long, in ms, work is started within one turn of the event loop. Then the loop turns, so that timers run, other
 * requests are read, and a new connection is accepted. A turn costs some microseconds, and whoever comes waits for its end: it is
 * short while there is work of several keys.
 */
const TURN = { ofOne: 1, ofSeveral: 0.1 };

/** For how long, in ms, a key is expected to come again. */
const RECENT = 100;

/**
 * How many turns in a row start nothing because each brought a connection. libuv accepts one connection in each turn, and
 * thousands may be waiting; without these turns each of them would wait for the work of all before it.
 */
const ACCEPTING_TURNS = 10;

/** To how many keys a turn that is over gives a start all the same. */
const NEWCOMERS = 16;

/** How many starts are scheduled for one turn, each of which costs a little even when the turn has no time for it. */
const STARTS = 8;

/** Whose work it is. */
export type TurnKey = string | number;

/**
 * Decides when work starts. Node reads all sockets that have data before it does anything else, so that a crowd of
 * requests would be one long turn. Here a turn starts work for a limited time; what comes later waits, and is started
 * in the next turns, one start for each key in each round.
 *
 * Light load is not slowed down: work starts at once, without a hop, while the turn has time. The first work of a key in
 * a turn starts at once even after that, for a few keys, so that a caller with a single request does not wait behind one
 * with many.
 */
export class Turns {
  readonly #waiting = new RoundRobin<TurnKey, () => void>();
  /** The keys of which work has been started in this turn. */
  readonly #served = new Set<TurnKey>();
  #newcomers = 0;
  #latestKey: TurnKey | undefined;
  /** When work last came of another key than the work before it. */
  #changed = Number.NEGATIVE_INFINITY;
  /** When this turn's first work was started. null: none has been. */
  #began: number | null = null;
  #turnEnds = false;
  #scheduled = false;
  #held = false;
  /** Whether a connection has come since the last turn began. */
  #connected = false;
  #acceptingTurns = 0;

  /** How much work waits. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Calls `work` when it is the key's turn, which may be before this returns. `work` must not throw. */
  start(key: TurnKey, work: () => void): void {
    if (key !== this.#latestKey) {
      this.#latestKey = key;
      this.#changed = performance.now();
    }
    if (this.#mayStart(key)) this.#run(key, work);
    else {
      // The work belongs to this request, and not to the one whose turn starts it, for traces for example. A resource, and
      // not AsyncLocalStorage.bind: that gives each function accessors of its own, and V8 keeps all that these refer to,
      // which is the whole request, until the next full garbage collection.
      const request = new AsyncResource('REQUEST_TURN');
      this.#waiting.push(key, () => request.runInAsyncScope(work));
      this.#schedule();
    }
  }

  /**
   * To be called in the middle of work, with the time at which it was started. undefined: it goes on at once. Otherwise it has taken as
   * long as a turn may, and the promise resolves in the next one, before other work is started in it.
   */
  pause(started: number): Promise<void> | undefined {
    if (!this.#isOver(started)) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#begin();
        resolve();
      });
    });
  }

  /** To be called for each new connection. */
  connected(): void {
    this.#connected = true;
  }

  /** Starts nothing until `release` is called. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    if (this.#waiting.size > 0) this.#schedule();
  }

  #mayStart(key: TurnKey): boolean {
    if (this.#isClosed() || this.#waiting.sizeOf(key) > 0) return false;
    if (this.#began === null) return true;
    if (!this.#served.has(key)) return this.#hasTime() || this.#newcomers++ < NEWCOMERS;
    return this.#waiting.size === 0 && this.#hasTime();
  }

  /** Whether nothing is started in this turn. */
  #isClosed(): boolean {
    return this.#held || this.#acceptingTurns > 0;
  }

  #hasTime(): boolean {
    return this.#began === null || !this.#isOver(this.#began);
  }

  /** Whether a turn that began then has taken as long as it may. */
  #isOver(began: number): boolean {
    const now = performance.now();
    return now - began >= (now - this.#changed < RECENT ? TURN.ofSeveral : TURN.ofOne);
  }

  #run(key: TurnKey, work: () => void): void {
    this.#begin();
    this.#served.add(key);
    work();
  }

  #begin(): void {
    this.#began ??= performance.now();
    if (this.#turnEnds) return;
    this.#turnEnds = true;
    setImmediate(() => this.#endTurn());
  }

  #endTurn(): void {
    this.#turnEnds = false;
    this.#began = null;
    this.#served.clear();
    this.#newcomers = 0;
  }

  /**
   * Schedules starts, each in an immediate of its own, because Node runs the microtasks of one before it calls the next:
   * most of a request's work is done in them, and the next start sees how long it took.
   */
  #schedule(): void {
    if (this.#scheduled || this.#held) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#acceptingTurns = this.#connected && this.#acceptingTurns < ACCEPTING_TURNS ? this.#acceptingTurns + 1 : 0;
      this.#connected = false;
    });
    for (let start = 0; start < STARTS; start++) setImmediate(this.#startNext);
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#waiting.size > 0) this.#schedule();
    });
  }

  readonly #startNext = (): void => {
    if (this.#isClosed() || !this.#hasTime()) return;
    const next = this.#waiting.shift();
    if (next) this.#run(next.key, next.item);
  };
}
