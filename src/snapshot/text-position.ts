const NEWLINE = 10;

/** The position of a byte in a text. Line and column are counted from 1. The column counts characters, as editors do. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Counts the lines of a UTF-8 text that comes in chunks, so that an error can say where it is. */
export class PositionCounter {
  #chunk: Uint8Array = new Uint8Array();
  /** How many bytes, lines and characters of the last line come before the chunk. */
  #bytes = 0;
  #lines = 0;
  #characters = 0;

  /** The next chunk. It is not copied. */
  add(chunk: Uint8Array): void {
    const { line, column } = this.at(Infinity);
    this.#bytes += this.#chunk.length;
    this.#lines = line - 1;
    this.#characters = column - 1;
    this.#chunk = chunk;
  }

  /** The position of the byte at this offset from the start of the text. An offset before the chunk counts as the chunk's first byte. */
  at(offset: number): TextPosition {
    const end = Math.min(Math.max(offset - this.#bytes, 0), this.#chunk.length);
    let lines = this.#lines;
    let start = 0;
    for (
      let next = this.#chunk.indexOf(NEWLINE);
      next !== -1 && next < end;
      next = this.#chunk.indexOf(NEWLINE, start)
    ) {
      lines += 1;
      start = next + 1;
    }
    let characters = start === 0 ? this.#characters : 0;
    // The bytes of a character after its first one are 10xxxxxx.
    for (let place = start; place < end; place++) if (((this.#chunk[place] ?? 0) & 0xc0) !== 0x80) characters += 1;
    return { line: lines + 1, column: characters + 1 };
  }

  /** The character at this offset, or an empty text when it is not in the chunk. */
  characterAt(offset: number): string {
    const bytes = this.#chunk.subarray(Math.max(offset - this.#bytes, 0)).subarray(0, 4);
    const [character = ''] = new TextDecoder().decode(bytes);
    return character;
  }
}
