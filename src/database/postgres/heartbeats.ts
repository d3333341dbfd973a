import { randomInt } from 'node:crypto';

/** How many heartbeats are remembered. A replica that shows an older one is far behind in any case. */
const MAX_BEATS = 120;

/** The greatest heartbeat. */
const MAX_VALUE = 2 ** 48 - 1;

/** A heartbeat, and a time, by performance.now(), at which the primary did not have it yet. */
interface Beat {
  readonly value: number;
  readonly notBefore: number;
}

/** The row of the primary that has the heartbeat. */
export interface HeartbeatRow {
  read(): Promise<number>;
  write(value: number): Promise<void>;
}

/**
 * The heartbeats of a primary. They show how old the state of a replica is: a replica that has a heartbeat has everything that was
 * committed before the primary got it. The clocks of other machines therefore do not matter, and a replica that has lost its
 * primary differs from one whose primary is idle. Heartbeats are random, so that a server that is not, or is no longer, a replica
 * of this primary never shows a known one.
 */
export class Heartbeats {
  readonly #row: HeartbeatRow;
  /** Oldest first. */
  #beats: Beat[] = [];
  #readAt = Number.NaN;

  constructor(row: HeartbeatRow) {
    this.#row = row;
  }

  /** Call it at intervals. Gives the primary a new heartbeat, unless another process has done so since the last call. */
  async beat(): Promise<void> {
    const readAt = performance.now();
    const value = await this.#row.read();
    if (!Number.isNaN(this.#readAt) && value !== this.#beats.at(-1)?.value) {
      this.#note({ value, notBefore: this.#readAt });
    } else {
      const next = { value: randomInt(1, MAX_VALUE), notBefore: performance.now() };
      await this.#row.write(next.value);
      this.#note(next);
    }
    this.#readAt = readAt;
  }

  /**
   * A time (of performance.now()). A server that shows the heartbeat has everything that was committed before this time. Returns
   * undefined when the heartbeat is not known.
   */
  timeOf(heartbeat: number): number | undefined {
    return this.#beats.findLast(({ value }) => value === heartbeat)?.notBefore;
  }

  #note(beat: Beat): void {
    this.#beats = [...this.#beats, beat].slice(-MAX_BEATS);
  }
}
