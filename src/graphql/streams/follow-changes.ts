import type { Change, ChangeFilter } from '../../model/change.ts';
import type { FeedPosition, FeedState } from '../../model/feed-state.ts';
import type { FeedListener } from '../../model/feed-watch.ts';
import { changesAfter } from '../../model/changes.ts';
import { feedState } from '../../model/feed-state.ts';
import { checkNotExpired, decodeChangeCursor, encodeChangeCursor } from '../feed-cursor.ts';
import { pageSize } from '../connection.ts';
import type { Context } from '../context.ts';
import { graphqlError } from '../errors.ts';
import type { ChangesStart } from '../generated/resolvers.ts';

/** Changes that a stream sends together: the schema's ChangeBatch. */
export interface ChangeBatch {
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly upToDate: boolean;
}

/** The arguments of the subscription. `from` is used only when there is no `after`. */
export interface FollowArguments {
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  readonly from: ChangesStart | null | undefined;
  readonly filter: ChangeFilter;
}

/**
 * The changes from a cursor on, for as long as the context's signal does not abort. Nothing is read ahead: the next batch is
 * read when it is asked for. Rejects with BAD_USER_INPUT, INVALID_CURSOR and CURSOR_EXPIRED. The batches end with
 * CURSOR_EXPIRED, with the reason of the signal, or with an error of the database.
 */
export async function followChanges(
  { first, after, from, filter }: FollowArguments,
  context: Context,
): Promise<AsyncIterable<ChangeBatch>> {
  const { session, workspace, live } = context;
  if (!live) throw new Error('this process serves no streams');
  const limit = pageSize('first', first);
  // A client that reconnects sends the same document, with the cursor of the last event that it received. That cursor replaces
  // `after`.
  const resumeAfter = context.stream?.resumeAfter;
  const cursor = resumeAfter ?? after;
  const position = cursor == null ? null : decodeChangeCursor('changes', cursor);
  if (cursor != null && !position) {
    const wrong = resumeAfter === undefined ? '`after`' : 'The header Last-Event-ID';
    throw graphqlError(
      'INVALID_CURSOR',
      `${wrong} is not a cursor of the changes. Use one of a batch or of \`changes\`, or the \`changesCursor\` of a list.`,
    );
  }
  const listener = live.feed.listen(workspace);
  const stop = () => listener.stop();
  context.signal.addEventListener('abort', stop);
  try {
    const state = await feedState(session, workspace);
    if (position) checkNotExpired(position, state);
    const start = from === 'OLDEST' ? { ...state, revision: state.removed } : state;
    const { bookmarkInterval } = live;
    return batches(context, { listener, position: position ?? start, state, limit, filter, bookmarkInterval });
  } catch (error) {
    stop();
    throw error;
  }
}

interface Following {
  readonly listener: FeedListener;
  readonly position: FeedPosition;
  /** The state of the feed at the start. */
  readonly state: FeedState;
  readonly limit: number;
  readonly filter: ChangeFilter;
  readonly bookmarkInterval: number;
}

async function* batches(
  { session, workspace, signal, loaders }: Context,
  { listener, position: { epoch, revision: start }, state, limit, filter, bookmarkInterval }: Following,
): AsyncGenerator<ChangeBatch, void, void> {
  let revision = start;
  // All changes up to this revision were committed before the changes are read, so that a batch after which none is left has them all.
  let committed = state.revision;
  let sent = Number.NEGATIVE_INFINITY;
  try {
    for (;;) {
      signal.throwIfAborted();
      const found = await changesAfter(session, workspace, revision, limit + 1, filter);
      checkNotExpired({ epoch, revision }, await feedState(session, workspace));
      const changes = found.slice(0, limit);
      const last = changes.at(-1)?.id ?? revision;
      const upToDate = found.length <= limit;
      revision = upToDate ? Math.max(last, committed) : last;
      const left = sent + bookmarkInterval - performance.now();
      if (changes.length > 0 || left <= 0) {
        sent = performance.now();
        loaders.seen?.note(revision);
        yield { changes, cursor: encodeChangeCursor('changes', { epoch, revision }), upToDate };
      }
      if (upToDate) committed = await listener.next(revision, sent + bookmarkInterval - performance.now());
      else await listener.turn();
    }
  } finally {
    listener.stop();
  }
}
