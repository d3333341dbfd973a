import type { Writable } from 'node:stream';

/** How many characters of the log may wait for whoever reads it. */
const MAX_WAITING = 1024 * 1024;

/** How long, in ms, the end of a process waits for whoever reads the log. */
const END_TIMEOUT = 1_000;

/**
 * Standard output as a place for the log. The system takes lines at once, as long as they are read. When they are not, they
 * wait in memory, and beyond MAX_WAITING they are left out: a server must not wait for whoever reads its log. pino's own destination has such a
 * bound too where it does not write synchronously, but then keeps a process from ending whose reader has gone.
 */
export class LogOutput {
  readonly #stream: Writable;
  readonly #onLeftOut: (lines: number) => void;
  #leftOut = 0;

  /** `onLeftOut` is told how many lines were left out, when there is room again. */
  constructor(stream: Writable, onLeftOut: (lines: number) => void) {
    this.#stream = stream;
    this.#onLeftOut = onLeftOut;
    // Nobody reads the log any more. The server works all the same.
    stream.on('error', () => {});
  }

  write(line: string): void {
    if (this.#stream.destroyed) return;
    if (this.#stream.writableLength <= MAX_WAITING) this.#stream.write(line);
    else if ((this.#leftOut += 1) === 1) this.#stream.once('drain', () => this.#tell());
  }

  #tell(): void {
    const lines = this.#leftOut;
    this.#leftOut = 0;
    this.#onLeftOut(lines);
  }
}

/** Resolves when the stream has taken all that was written to it, and after END_TIMEOUT at the latest. */
export async function written(stream: Writable): Promise<void> {
  if (stream.writableLength === 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, END_TIMEOUT);
  stream.write('', () => resolve());
  await promise;
}
