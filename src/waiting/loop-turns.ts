import { setImmediate as nextTurn } from 'node:timers/promises';

/** For how long, in ms, work goes on before the event loop turns. */
const TURN = 1;

/** Lets the event loop turn while much is done in a row, so that others are answered meanwhile. */
export class LoopTurns {
  #began = performance.now();

  /** To be called before each piece of the work. */
  async next(): Promise<void> {
    if (performance.now() - this.#began < TURN) return;
    await nextTurn();
    this.#began = performance.now();
  }
}
