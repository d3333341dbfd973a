import { fstatSync, writeSync } from 'node:fs';

/**
 * Writes the log to a file that is open. Node's own stream over a file leaves out the rest of a line that the disk has room for only
 * in part, without an error. Lines that cannot be written are left out, because a server must not stop for its log.
 */
export class LogFile {
  readonly #descriptor: number;
  readonly #onLost: (lines: number) => void;
  #lost = 0;
  /** Whether the file ends within a line. */
  #isCutOff = false;

  /** `onLost` is told how many lines were lost, when a line can be written again. */
  constructor(descriptor: number, onLost: (lines: number) => void) {
    this.#descriptor = descriptor;
    this.#onLost = onLost;
  }

  write(line: string): void {
    if (!this.#put(line)) {
      this.#lost += 1;
      return;
    }
    const lines = this.#lost;
    if (lines === 0) return;
    this.#lost = 0;
    this.#onLost(lines);
    // The line that says so could not be written itself. It is not counted.
    if (this.#lost > 0) this.#lost = lines;
  }

  /** Writes a line, on a line of its own. Returns whether the whole line is in the file. */
  #put(line: string): boolean {
    const bytes = Buffer.from(this.#isCutOff ? `\n${line}` : line);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
      this.#isCutOff = false;
      return true;
    } catch {
      if (written > 0) this.#isCutOff = bytes[written - 1] !== NEWLINE;
      return false;
    }
  }
}

const NEWLINE = 10;

/** Whether the descriptor is that of a file, and not of a pipe, a socket or a terminal. */
export function isFile(descriptor: number): boolean {
  return fstatSync(descriptor).isFile();
}
