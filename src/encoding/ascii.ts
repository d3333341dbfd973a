// ASCII texts that are written directly into bytes. An answer has thousands of them, and making a string of each would take
// longer than all other work on the answer.

/** Puts the text of a value at `at`, where there is room for it. Returns where it ends. */
export type Put<Value> = (bytes: Uint8Array, at: number, value: Value) => number;

const ZERO = 0x30;
const MINUS = 0x2d;

/** The most digits of a safe integer, and its sign. */
export const MAX_INTEGER_LENGTH = 17;

/** Puts a text that is bytes already. */
export function putBytes(bytes: Uint8Array, at: number, text: Uint8Array): number {
  const { length } = text;
  // `set` takes 19 ns for any number of bytes, and a loop takes 1.4 ns for each byte.
  if (length > 14) bytes.set(text, at);
  else for (let place = 0; place < length; place += 1) bytes[at + place] = text[place] as number;
  return at + length;
}

/** Puts a safe integer, in decimal. */
export function putInteger(bytes: Uint8Array, at: number, value: number): number {
  let start = at;
  if (value < 0) bytes[start++] = MINUS;
  const whole = Math.abs(value);
  // Numbers of 32 bits are divided faster.
  const high = Math.floor(whole / 1e8);
  if (high === 0) return putPadded(bytes, start, whole, digitsOf(whole));
  return putPadded(bytes, putPadded(bytes, start, high, digitsOf(high)), whole - high * 1e8, 8);
}

/** Puts an integer below 10^9 with exactly `digits` digits, with zeros before it. */
export function putPadded(bytes: Uint8Array, at: number, value: number, digits: number): number {
  let rest = value | 0;
  for (let place = at + digits - 1; place >= at; place -= 1) {
    const tenth = (rest / 10) | 0;
    bytes[place] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return at + digits;
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits += 1;
  return digits;
}

const BASE64URL = Uint8Array.from(
  Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 'latin1'),
);

/** Puts the base64url text (RFC 4648, section 5) of the first `length` bytes of `from`, without padding. */
export function putBase64Url(bytes: Uint8Array, at: number, from: Uint8Array, length: number): number {
  let end = at;
  for (let place = 0; place < length; place += 3) {
    // The bytes after the last one are read as zero. Their digits are left out at the end.
    const one = from[place] as number;
    const two = place + 1 < length ? (from[place + 1] as number) : 0;
    const three = place + 2 < length ? (from[place + 2] as number) : 0;
    bytes[end++] = digit(one >> 2);
    bytes[end++] = digit(((one & 3) << 4) | (two >> 4));
    bytes[end++] = digit(((two & 15) << 2) | (three >> 6));
    bytes[end++] = digit(three & 63);
  }
  return end - ((3 - (length % 3)) % 3);
}

function digit(sixBits: number): number {
  return BASE64URL[sixBits] as number;
}

/** The text as a string. `maxLength` is how long it may be. */
export function stringOf<Value>(put: Put<Value>, maxLength: number, value: Value): string {
  if (scratch.length < maxLength) scratch = Buffer.alloc(maxLength);
  return scratch.toString('latin1', 0, put(scratch, 0, value));
}

let scratch = Buffer.alloc(256);

/** A text that is written directly into the bytes of an answer. GraphQL's String calls `valueOf` and so gets it as a string. */
export abstract class AsciiText {
  /** How long it may be. */
  abstract readonly maxLength: number;
  abstract put(bytes: Uint8Array, at: number): number;

  toString(): string {
    return stringOf(putText, this.maxLength, this);
  }

  valueOf(): string {
    return this.toString();
  }
}

/** The `put` of an AsciiText, as a function of the type Put. */
export function putText(bytes: Uint8Array, at: number, text: AsciiText): number {
  return text.put(bytes, at);
}
