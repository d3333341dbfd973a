import type { Database, ReplicaState, Session } from '../database.ts';
import type { WorkspaceId } from '../tables.ts';

/** What the replica of a database does for requests. */
export interface Replica extends Pick<Database, 'measure' | 'close'> {
  state(): ReplicaState;
  /**
   * The reader of one request. Its statements are ended when the signal aborts, as in `Database.forRequest`, and when the
   * replica is left out. Then, and whenever the replica fails, they reject.
   */
  readerFor(workspace: WorkspaceId, signal: AbortSignal): Session;
  /** Looks at the replica now, because a statement has failed, and not only when its next look is due. */
  lookNow(): void;
}

/** A replica is left out, or is read from again. */
export type ReplicaEvent =
  { readonly kind: 'left-out'; readonly reason: string } | { readonly kind: 'back'; readonly seconds: number };

export type ReplicaListener = (event: ReplicaEvent) => void;
