import { setImmediate as nextTurn } from 'node:timers/promises';
import { RoundRobin } from './round-robin.ts';

/** For how long, in ms, work goes on before the event loop turns. */
const TURN = 1;

/** All work of this process that waits for a turn, by its owner. */
const waiting = new RoundRobin<number, { resume(): void }>();

/** The owner of work that is not of one workspace alone. The ids of workspaces are greater. */
const PROCESS = 0;

/** Lets the event loop turn while much is done in a row, so that others are answered meanwhile. */
export class LoopTurns {
  readonly #owner: number;
  #began = performance.now();

  /** @param owner The workspace whose work it is, if many requests of one workspace may do such work at the same time. */
  constructor(owner: number = PROCESS) {
    this.#owner = owner;
  }

  /** To be called before each piece of the work. */
  async next(): Promise<void> {
    if (performance.now() - this.#began < TURN) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(this.#owner, { resume: resolve });
    if (waiting.size === 1) void resumeEach();
    await promise;
    this.#began = performance.now();
  }
}

/**
 * Resumes what waits, one in each turn, and the owners in turn. If all were resumed in the next turn, it would take as long as all their
 * pieces together.
 */
async function resumeEach(): Promise<void> {
  do {
    await nextTurn();
    waiting.shift()?.item.resume();
  } while (waiting.size > 0);
}
