import type { Change } from '../model/change.ts';
import type { FeedPosition } from '../model/feed-state.ts';
import type { FilteredList } from '../model/workspace-list.ts';
import type { ChangeListName } from './feed-cursor.ts';
import { checkNotExpired, decodeChangeCursor, encodeChangeCursor } from './feed-cursor.ts';
import type { Connection, ConnectionArguments, Cursors } from './connection.ts';
import { connect } from './connection.ts';
import type { Loaders } from './loaders.ts';

/**
 * Reads a page of changes: of `changes`, oldest first, or of a `history`, newest first. It runs one statement, and one more
 * when there is a cursor. Throws CURSOR_EXPIRED, and what `connect` throws.
 */
export async function connectChanges(
  list: FilteredList<Change>,
  name: ChangeListName,
  args: ConnectionArguments,
  loaders: Loaders,
): Promise<Connection<Change>> {
  const given: FeedPosition[] = [];
  const cursors: Cursors<Change> = {
    encode: ({ epoch, id: revision }) => encodeChangeCursor(name, { epoch, revision }),
    decode(cursor) {
      const position = decodeChangeCursor(name, cursor);
      if (!position) return null;
      given.push(position);
      loaders.seen?.require(position.revision);
      return { key: position.revision, id: position.revision };
    },
  };
  const direction = name === 'changes' ? 'asc' : 'desc';
  const connection = await connect(list, { field: 'revision', direction }, args, { cursors });
  if (given.length > 0) {
    const state = await loaders.presentFeedState();
    for (const position of given) checkNotExpired(position, state);
  }
  const { nodes } = connection;
  // The nodes are in ascending or descending order of their revisions, so the largest revision is the first or the last.
  loaders.seen?.note(Math.max(nodes.at(0)?.id ?? 0, nodes.at(-1)?.id ?? 0));
  return connection;
}
