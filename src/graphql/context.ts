import type { Identity } from '../access/identity.ts';
import type { RateLimitState } from '../access/rate-limit.ts';
import type { Author, DataAccess, RequestAccess, Session } from '../database/database.ts';
import type { ChangeOrigin, WorkspaceId } from '../database/tables.ts';
import { untilBegun } from '../waiting/until-begun.ts';
import type { Observed } from '../http/observed.ts';
import type { OpenStream } from '../http/streams/open-streams.ts';
import { ApiTokens } from '../model/api-tokens.ts';
import { Campaigns } from '../model/campaigns.ts';
import type { FeedWatch } from '../model/feed-watch.ts';
import { Groups } from '../model/groups.ts';
import type { IdempotencyKey } from '../model/idempotent-writes.ts';
import { idempotentWrites } from '../model/idempotent-writes.ts';
import { Members } from '../model/members.ts';
import { Webhooks } from '../model/webhooks.ts';
import type { CampaignActions } from '../upstream/campaigns-through-account.ts';
import type { GroupActions } from '../upstream/groups-through-account.ts';
import type { WriteThrough } from '../upstream/write-through.ts';
import { Loaders } from './loaders.ts';

/** The caller of a request. It is plain data, because it is sent to worker processes. */
export interface Caller {
  readonly requestId: string;
  readonly viewer: Identity;
  /**
   * The Authorization header for the live account that the workspace is kept in. It is set only when the caller has shown a
   * token of that account. It is not sent to worker processes.
   */
  readonly authorization?: string | undefined;
  /** The interface through which the request came in. It is recorded with the changes that the request makes. */
  readonly origin: ChangeOrigin;
  readonly rateLimit: RateLimitState | null;
  /** Takes notes for the log and the metrics. */
  readonly observed: Observed;
  /** Only when the request has a key. Its write then happens once, however often the request is sent. */
  readonly idempotency?: IdempotencyKey | undefined;
}

/** The context of one request's resolvers. It gives access to the caller's workspace only. */
export interface Context extends Caller {
  /** Aborts when the work on the request must stop. Its reason is an Error. */
  readonly signal: AbortSignal;
  /** The session for reads outside transactions. */
  readonly session: Session;
  readonly workspace: WorkspaceId;
  /** The addresses of the live accounts that this server is set up for. */
  readonly accounts: readonly string[];
  readonly campaigns: CampaignActions;
  readonly groups: GroupActions;
  readonly webhooks: Webhooks;
  readonly members: Members;
  readonly apiTokens: ApiTokens;
  readonly loaders: Loaders;
  /** null: this process answers single operations only. */
  readonly live: LiveParts | null;
  /** Only when the caller accepts a stream as the answer. */
  readonly stream: StreamRequest | undefined;
  /** The context for the next result of a stream for the same caller. Nothing has been read with it yet. */
  renew(signal: AbortSignal): Context;
}

/** A caller's request for a stream. */
export interface StreamRequest {
  /** Opens the stream; null when there are too many. */
  open(): OpenStream | null;
  /** The cursor of the last result that the client received from an earlier stream. */
  readonly resumeAfter: string | undefined;
}

export type CreateContext = (caller: Caller, signal: AbortSignal, stream?: StreamRequest) => Context;

/** What streams need. */
export interface LiveParts {
  /** It is told of each write. */
  readonly feed: FeedWatch;
  /** The database that streams read from. It is not a replica, because a replica may lack a change that the feed has announced. */
  readonly database: RequestAccess;
  /** The longest time, in ms, for which a stream sends nothing. */
  readonly bookmarkInterval: number;
}

/**
 * Without `live` the contexts are for single operations only. `through` decides which workspaces are kept in a live account,
 * and sends their writes there. `accounts`: see Context.
 */
export function contextFactory(
  database: RequestAccess,
  live: LiveParts | null = null,
  through: WriteThrough | null = null,
  accounts: readonly string[] = [],
): CreateContext {
  const feed = live?.feed ?? null;
  const createFrom = (source: RequestAccess, caller: Caller, signal: AbortSignal, stream?: StreamRequest): Context => {
    const { requestId, viewer, origin, rateLimit, observed, idempotency, authorization } = caller;
    const workspace = viewer.workspace.id;
    const own = source.forRequest(workspace, signal);
    const session = own.reader;
    const always = { reader: session, write: tellingFeed(own, feed) };
    const access = { reader: session, write: writeUnlessAborted(always.write, signal) };
    const author: Author = { origin, user: viewer.user.email, token: viewer.token.name };
    const requester = { tokenId: viewer.token.id };
    const writable = idempotency ? idempotentWrites(access, viewer.user.email, idempotency) : access;
    const local = {
      campaigns: new Campaigns(writable, workspace, author),
      groups: new Groups(writable, workspace, author),
    };
    const writing = {
      workspace,
      author,
      database: always,
      caller: viewer.user.email,
      idempotency,
      signal,
      authorization,
    };
    const { campaigns, groups } = through?.actionsOf(writing, local) ?? local;
    return {
      requestId,
      viewer,
      origin,
      rateLimit,
      signal,
      observed,
      idempotency,
      authorization,
      session,
      workspace,
      accounts,
      campaigns,
      groups,
      webhooks: new Webhooks(writable, workspace),
      members: new Members(writable, workspace, author, requester),
      apiTokens: new ApiTokens(writable, workspace, author, requester),
      loaders: new Loaders(session, workspace, own.seen),
      live,
      stream,
      renew: (next) => createFrom(live?.database ?? source, caller, next, stream),
    };
  };
  return (caller, signal, stream) => createFrom(database, caller, signal, stream);
}

/** A write that the signal ends while it waits to begin: see `untilBegun`. */
function writeUnlessAborted(write: DataAccess['write'], signal: AbortSignal): DataAccess['write'] {
  return (workspace, work, options) =>
    untilBegun(signal, (begin) => {
      const begun: typeof work = (transaction) => {
        begin();
        return work(transaction);
      };
      return write(workspace, begun, options);
    });
}

/** A write that notifies the listeners of the feed when it is done. */
function tellingFeed(database: DataAccess, feed: FeedWatch | null): DataAccess['write'] {
  return async (workspace, work, options) => {
    const result = await database.write(workspace, work, options);
    feed?.committed(workspace);
    return result;
  };
}
