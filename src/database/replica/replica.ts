import type { Database, ReplicaState, Session } from '../database.ts';
import type { WorkspaceId } from '../tables.ts';

/** A replica of a database, from which requests read. */
export interface Replica extends Pick<Database, 'measure' | 'close'> {
  state(): ReplicaState;
  /**
   * The reader of one request. Its statements are ended when the signal aborts, as in `Database.forRequest`, and when the
   * replica is left out. They reject in these cases, and when the replica fails.
   */
  readerFor(workspace: WorkspaceId, signal: AbortSignal): Session;
  /** Checks the replica now instead of at the next regular check. Call it when a statement has failed. */
  lookNow(): void;
}

/** A replica is left out, or is read from again. */
export type ReplicaEvent =
  { readonly kind: 'left-out'; readonly reason: string } | { readonly kind: 'back'; readonly seconds: number };

export type ReplicaListener = (event: ReplicaEvent) => void;
