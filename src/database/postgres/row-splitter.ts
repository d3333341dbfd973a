/** The type of the messages that have a row each. */
const DATA_ROW = 'D'.charCodeAt(0);

/** Each message begins with its type, in one byte, and its length without this byte, in four. */
const HEADER = 5;

/** A row as the server sends it: how many values, and each with its length before it. */
export interface RowMessage {
  readonly bytes: Buffer;
  /** Where the number of the values is. */
  readonly start: number;
}

/**
 * Takes the rows out of what a server sends. Both callbacks are called in the order of what is sent.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class RowSplitter {
  readonly #onRow: (row: RowMessage) => void;
  readonly #onOthers: (bytes: Buffer) => void;
  /** The beginning of a message that may be a row. */
  #begun: Buffer | null = null;
  /** How many bytes are still to come of a message that is none. */
  #toCome = 0;

  constructor(onRow: (row: RowMessage) => void, onOthers: (bytes: Buffer) => void) {
    this.#onRow = onRow;
    this.#onOthers = onOthers;
  }

  take(received: Buffer): void {
    const bytes = this.#begun ? Buffer.concat([this.#begun, received]) : received;
    this.#begun = null;
    const passOn = (from: number, to: number) => {
      if (from < to) this.#onOthers(bytes.subarray(from, to));
    };
    let place = Math.min(this.#toCome, bytes.length);
    this.#toCome -= place;
    let passedOn = 0;
    while (place + HEADER <= bytes.length) {
      const end = place + 1 + bytes.readInt32BE(place + 1);
      const isRow = bytes[place] === DATA_ROW;
      if (isRow && end > bytes.length) break;
      if (isRow) {
        passOn(passedOn, place);
        this.#onRow({ bytes, start: place + HEADER });
        passedOn = end;
      } else if (end > bytes.length) {
        this.#toCome = end - bytes.length;
        place = bytes.length;
        break;
      }
      place = end;
    }
    passOn(passedOn, place);
    if (place < bytes.length) this.#begun = bytes.subarray(place);
  }
}
