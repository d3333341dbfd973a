import { AsciiText, MAX_INTEGER_LENGTH, putBase64Url, putBytes, putInteger } from '../encoding/ascii.ts';
import { lastingBytes } from '../memory/lasting-bytes.ts';
import type { Order } from '../model/list.ts';
import { orderOf } from '../model/list.ts';
import type { Ordering, Position } from '../model/page.ts';

/** The parts of a list that cursors depend on. */
export interface CursorList {
  readonly name: string;
  readonly orders: Readonly<Record<string, Pick<Order<never>, 'type'>>>;
}

/**
 * A cursor (https://relay.dev/graphql/connections.htm, section 3.1): a position in an ordered list. It holds the row's
 * key and not its number in the list, because page 2,000 then costs as much as page 1, and no row is skipped when rows
 * are added or deleted. It names the list and the ordering for which it is valid. The key's length reveals a truncated
 * cursor.
 */
export function encodeCursor(list: CursorList, ordering: Ordering, position: Position): string {
  return String(cursorEncoder(list, ordering)(position));
}

/** A cursor as GraphQL's String takes it. */
export type Cursor = string | AsciiText;

/** `encodeCursor` for many positions of one list: what they have in common is encoded once. */
export function cursorEncoder(list: CursorList, ordering: Ordering): (position: Position) => Cursor {
  const tag = tagOf(list, ordering);
  // Base64 encodes three bytes at a time. The tag is padded to a multiple of three bytes, so that it is encoded once for all
  // positions.
  const prefix = base64Url(tag.padEnd(Math.ceil((tag.length + 1) / 3) * 3, ':'));
  const start = lastingBytes(prefix);
  return ({ key, id }) =>
    typeof key === 'number' && Number.isSafeInteger(key)
      ? new IntegerCursor(start, key, id)
      : prefix + base64Url(`${id}:${String(key).length}:${key}`);
}

/** A cursor of an order by integers. A page has one for each row, and a string for each would take half of the page's time. */
class IntegerCursor extends AsciiText {
  readonly #start: Uint8Array;
  readonly #key: number;
  readonly #id: number;

  constructor(start: Uint8Array, key: number, id: number) {
    super();
    this.#start = start;
    this.#key = key;
    this.#id = id;
  }

  get maxLength(): number {
    return this.#start.length + 2 * POSITION.length;
  }

  put(bytes: Uint8Array, at: number): number {
    const end = putBytes(bytes, at, this.#start);
    let length = putInteger(POSITION, 0, this.#id);
    POSITION[length++] = COLON;
    const keyLength = putInteger(KEY, 0, this.#key);
    length = putInteger(POSITION, length, keyLength);
    POSITION[length++] = COLON;
    for (let place = 0; place < keyLength; place += 1) POSITION[length++] = KEY[place] as number;
    return putBase64Url(bytes, end, POSITION, length);
  }
}

const COLON = 0x3a;
const KEY = new Uint8Array(MAX_INTEGER_LENGTH);
/** Scratch space for an id, the length of a key, and a key, with colons between them. */
const POSITION = new Uint8Array(2 * MAX_INTEGER_LENGTH + 4);

function base64Url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** No cursor is longer: a name has up to 512 characters, each of which up to 18 letters can come from, and each letter takes four bytes. */
const MAX_LENGTH = 65_536;

/** The position in a cursor; null for any text that encodeCursor did not make for the same list and ordering. */
export function decodeCursor(list: CursorList, ordering: Ordering, cursor: string): Position | null {
  if (cursor.length > MAX_LENGTH) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, tag, id, length, key = ''] = /^([^:]*):{1,3}(\d{1,16}):(\d{1,16}):([^\0]*)$/.exec(text) ?? [];
  if (tag !== tagOf(list, ordering) || Number(length) !== key.length) return null;
  const position = { key: orderOf(list.orders, ordering).type === 'integer' ? Number(key) : key, id: Number(id) };
  const exact =
    Number.isSafeInteger(position.id) && (typeof position.key === 'string' || Number.isSafeInteger(position.key));
  // The cursor must be exactly what encodeCursor makes, because other texts can decode to the same position.
  return exact && encodeCursor(list, ordering, position) === cursor ? position : null;
}

function tagOf({ name }: CursorList, { field, direction }: Ordering): string {
  return `${name}.${field}.${direction}`;
}
