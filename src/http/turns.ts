import { AsyncResource } from 'node:async_hooks';
import { RoundRobin } from '../waiting/round-robin.ts';

/**
 * For how long, in ms, work is started within one turn of the event loop. Then the turn ends, so that timers run, other
 * requests are read, and a new connection is accepted. Turns are long while there is work of one key, because each turn costs
 * some microseconds. They are short while there is work of several keys, because a new request waits for the end of the turn.
 */
const TURN = { ofOne: 1, ofSeveral: 0.1 };

/** How long, in ms, after the last change of the key, work counts as work of several keys. */
const RECENT = 100;

/**
 * How many turns in a row start nothing because each brought a connection. libuv accepts one connection in each turn, and
 * thousands may be waiting; without these turns each of them would wait for the work of all before it.
 */
const ACCEPTING_TURNS = 10;

/** How many keys without work in this turn get one start each although the turn's time is over. */
const NEWCOMERS = 16;

/** How many starts are scheduled for one turn. Each costs a little, even when the turn has no time left for it. */
const STARTS = 8;

/** Whose work it is. */
export type TurnKey = string | number;

interface WaitingWork {
  start(): void;
  /** Whether anybody still wants it. */
  isWanted(): boolean;
}

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
  readonly #waiting = new RoundRobin<TurnKey, WaitingWork>();
  /** The keys of which work has been started in this turn. */
  readonly #served = new Set<TurnKey>();
  #newcomers = 0;
  #latestKey: TurnKey | undefined;
  /** When the key of new work was last another one than that of the work before it. */
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

  /**
   * Calls `work` when it is the key's turn, which may be before this returns. `work` must not throw. Work that is not wanted any more
   * when its turn comes is left out, which takes about a microsecond.
   */
  start(key: TurnKey, work: () => void, isWanted: () => boolean = () => true): void {
    if (key !== this.#latestKey) {
      this.#latestKey = key;
      this.#changed = performance.now();
    }
    if (this.#mayStart(key)) this.#run(key, work);
    else {
      // The work belongs to its own request, and not to the request whose turn starts it; traces depend on this, for example.
      // AsyncLocalStorage.bind is not used, because it gives each function accessors of its own, and V8 keeps all that these
      // refer to, which is the whole request, until the next full garbage collection.
      const request = new AsyncResource('REQUEST_TURN');
      this.#waiting.push(key, { start: () => request.runInAsyncScope(work), isWanted });
      this.#schedule();
    }
  }

  /**
   * Call it in the middle of work, with the time of performance.now() at which the work was started. Returns undefined when the
   * work may go on at once. When the work has taken as long as a turn may, it returns a promise that resolves in the next turn,
   * before other work is started in that turn.
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
    let next = this.#waiting.shift();
    // What is left out belongs to the turn's time too, because thousands may have gone at once.
    if (next) this.#begin();
    while (next && !next.item.isWanted() && this.#hasTime()) next = this.#waiting.shift();
    if (next?.item.isWanted()) this.#run(next.key, next.item.start);
  };
}
