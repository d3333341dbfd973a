import type { Writable } from 'node:stream';

/** How many characters of the log may wait for the reader of the log. */
const MAX_WAITING = 1024 * 1024;

/** How long, in ms, the end of a process waits for the reader of the log. */
const END_TIMEOUT = 1_000;

/**
 * Writes the log to standard output, unless that is a file: see log-file.ts. The system takes lines at once, as long as somebody
 * reads them. When nobody does, they wait in memory, and lines beyond MAX_WAITING are left out, because a server must not wait for
 * the reader of its log. pino's own destination has such a bound too when it does not write synchronously, but then a process whose
 * reader has gone cannot end.
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

/**
 * Makes standard output wait in memory for a terminal that takes nothing, as it waits for a pipe. By default Node waits within `write`,
 * so that a terminal that somebody has stopped with Ctrl-S would stop the whole process. Node has no public way to change that.
 */
export function doNotBlock(terminal: Writable): void {
  const { _handle: handle } = terminal as { _handle?: { setBlocking?(isBlocking: boolean): void } };
  handle?.setBlocking?.(false);
}

/** Resolves when the stream has taken all that was written to it, and after END_TIMEOUT at the latest. */
export async function written(stream: Writable): Promise<void> {
  if (stream.writableLength === 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, END_TIMEOUT);
  stream.write('', () => resolve());
  await promise;
}
