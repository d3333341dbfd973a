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
  return cursorEncoder(list, ordering)(position);
}

/** `encodeCursor` for many positions of one list: what they have in common is encoded once. */
export function cursorEncoder(list: CursorList, ordering: Ordering): (position: Position) => string {
  const tag = tagOf(list, ordering);
  // Base64 takes three bytes at a time. Padded to a multiple of three, the tag is encoded apart from what follows.
  const prefix = toBase64Url(btoa(tag.padEnd(Math.ceil((tag.length + 1) / 3) * 3, ':')));
  return ({ key, id }) => {
    const text = String(key);
    const position = `${id}:${text.length}:${text}`;
    // btoa takes ASCII only, which keys of integers are, and is several times as fast.
    return (
      prefix + (typeof key === 'number' ? toBase64Url(btoa(position)) : Buffer.from(position).toString('base64url'))
    );
  };
}

function toBase64Url(base64: string): string {
  const unpadded = base64.endsWith('=') ? base64.slice(0, base64.indexOf('=')) : base64;
  return unpadded.includes('+') || unpadded.includes('/')
    ? unpadded.replaceAll('+', '-').replaceAll('/', '_')
    : unpadded;
}

/** The position in a cursor; null for any text that encodeCursor did not make for the same list and ordering. */
export function decodeCursor(list: CursorList, ordering: Ordering, cursor: string): Position | null {
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
