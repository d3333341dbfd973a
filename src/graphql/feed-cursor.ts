import type { FeedPosition, FeedState } from '../model/feed-state.ts';
import { areChangesKept } from '../model/feed-state.ts';
import { graphqlError } from './errors.ts';

/** The lists that have cursors of their own: `changes`, and the `history` of an object. */
export type ChangeListName = 'changes' | 'history';

/**
 * A cursor of a list of changes. It names the list, the epoch of the feed, and the revision of a change. The epoch comes
 * last, because its fixed length reveals a truncated cursor.
 */
export function encodeChangeCursor(list: ChangeListName, { epoch, revision }: FeedPosition): string {
  return Buffer.from(`${list}:${revision}:${epoch}`, 'latin1').toString('base64url');
}

/** No cursor is longer. */
const MAX_LENGTH = 100;

/** The position in a cursor; null for any text that encodeChangeCursor did not make for the same list. */
export function decodeChangeCursor(list: ChangeListName, cursor: string): FeedPosition | null {
  if (cursor.length > MAX_LENGTH) return null;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [, digits, epoch = ''] = /^\w+:(\d{1,16}):([\da-f]{15})$/.exec(text) ?? [];
  const position = { epoch, revision: Number(digits) };
  return Number.isSafeInteger(position.revision) && encodeChangeCursor(list, position) === cursor ? position : null;
}

/**
 * Throws CURSOR_EXPIRED when changes between the position and the present may be missing. `state` must have been read after
 * the changes that follow the position, because changes can be removed meanwhile.
 */
export function checkNotExpired(position: FeedPosition, state: FeedState): void {
  if (areChangesKept(position, state)) return;
  throw graphqlError(
    'CURSOR_EXPIRED',
    'The changes after this cursor are not kept any more. Read all lists again, and go on from their `changesCursor`.',
  );
}
