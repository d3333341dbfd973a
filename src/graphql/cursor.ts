import type { Ordering, Position } from '../model/page.ts';

/** The lists that have cursors: `c` campaigns, `g` groups. */
export type ListName = 'c' | 'g';

/**
 * A cursor (https://relay.dev/graphql/connections.htm, section 3.1): a place in an ordered list, by value and not by
 * count, so that page 2,000 costs what page 1 costs and nothing is skipped when rows come or go. It carries the list and
 * the order that it is good for.
 */
export function encodeCursor(list: ListName, ordering: Ordering, { key, id }: Position): string {
  const text = `${tag(list, ordering)}:${id}:${key}`;
  // btoa is several times as quick, and it writes what is written most: cursors of the order of creation are ASCII.
  return ordering.field === 'created' ? toBase64Url(btoa(text)) : Buffer.from(text).toString('base64url');
}

function toBase64Url(base64: string): string {
  const unpadded = base64.endsWith('=') ? base64.slice(0, base64.indexOf('=')) : base64;
  return unpadded.includes('+') || unpadded.includes('/')
    ? unpadded.replaceAll('+', '-').replaceAll('/', '_')
    : unpadded;
}

/** The place that a cursor names; null for any text that was not made by encodeCursor for the same list and order. */
export function decodeCursor(list: ListName, ordering: Ordering, cursor: string): Position | null {
  const [name, id = '', ...rest] = Buffer.from(cursor, 'base64url').toString().split(':');
  const text = rest.join(':');
  const position = { key: ordering.field === 'created' ? Number(text) : text, id: Number(id) };
  const usable =
    Number.isSafeInteger(position.id) && (typeof position.key === 'string' || Number.isSafeInteger(position.key));
  const ours = usable && name === tag(list, ordering) && encodeCursor(list, ordering, position) === cursor;
  return ours && !text.includes('\0') ? position : null;
}

function tag(list: ListName, { field, direction }: Ordering): string {
  return `${list}${field.charAt(0)}${direction.charAt(0)}`;
}
