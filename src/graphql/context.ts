import type { Identity } from '../access/identity.ts';
import type { RateLimitState } from '../access/rate-limit.ts';
import type { Author, DataAccess, RequestAccess, Session } from '../database/database.ts';
import type { ChangeOrigin, WorkspaceId } from '../database/tables.ts';
import type { Observed } from '../http/observed.ts';
import { Campaigns } from '../model/campaigns.ts';
import { Groups } from '../model/groups.ts';
import type { IdempotencyKey } from '../model/idempotent-writes.ts';
import { idempotentWrites } from '../model/idempotent-writes.ts';
import { Loaders } from './loaders.ts';

/** The caller of a request. It is plain data, because it is sent to worker processes. */
export interface Caller {
  readonly requestId: string;
  readonly viewer: Identity;
  /** What the request has come through. It is recorded with the changes that the request makes. */
  readonly origin: ChangeOrigin;
  readonly rateLimit: RateLimitState | null;
  /** Takes notes for the log and the metrics. */
  readonly observed: Observed;
  /** Only when the request has a key. Its write then happens once, however often the request is sent. */
  readonly idempotency?: IdempotencyKey | undefined;
}

/** The context of one request's resolvers. It gives access to the caller's workspace only. */
export interface Context extends Caller {
  /** Aborts when the request is to be worked on no longer. Its reason is an Error. */
  readonly signal: AbortSignal;
  /** The session for reads outside transactions. */
  readonly session: Session;
  readonly workspace: WorkspaceId;
  readonly campaigns: Campaigns;
  readonly groups: Groups;
  readonly loaders: Loaders;
}

export type CreateContext = (caller: Caller, signal: AbortSignal) => Context;

export function contextFactory(database: RequestAccess): CreateContext {
  return ({ requestId, viewer, origin, rateLimit, observed, idempotency }, signal) => {
    const workspace = viewer.workspace.id;
    const own = database.forRequest(workspace, signal);
    const session = own.reader;
    const access = { reader: session, write: writeUnlessAborted(own, signal) };
    const author: Author = { origin, user: viewer.user.email, token: viewer.token.name };
    const writable = idempotency ? idempotentWrites(access, viewer.user.email, idempotency) : access;
    return {
      requestId,
      viewer,
      origin,
      rateLimit,
      signal,
      observed,
      idempotency,
      session,
      workspace,
      campaigns: new Campaigns(writable, workspace, author),
      groups: new Groups(writable, workspace, author),
      loaders: new Loaders(session, workspace),
    };
  };
}

/**
 * A write that does not begin when the signal has aborted by then, because the caller is told that nothing has changed. A
 * write that has begun is finished.
 */
function writeUnlessAborted(database: DataAccess, signal: AbortSignal): DataAccess['write'] {
  return async (workspace, work) => {
    signal.throwIfAborted();
    return database.write(workspace, (write) => {
      signal.throwIfAborted();
      return work(write);
    });
  };
}
