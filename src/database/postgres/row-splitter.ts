/** The type of the messages that hold a row (DataRow). */
const DATA_ROW = 'D'.charCodeAt(0);

/** Each message begins with its type (one byte) and its length without the type byte (four bytes). */
const HEADER = 5;

/** A row as the server sends it: the number of values, and then the length and bytes of each value. */
export interface RowMessage {
  readonly bytes: Buffer;
  /** The position of the number of values. */
  readonly start: number;
}

/**
 * Separates the rows from the other messages of a server. Both callbacks are called in the order in which the server sends them.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class RowSplitter {
  readonly #onRow: (row: RowMessage) => void;
  readonly #onOthers: (bytes: Buffer) => void;
  /** The first bytes of a message that is incomplete, and that is a row or may be one. */
  #begun: Buffer | null = null;
  /** How many bytes are still to come of a message that is not a row. */
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
