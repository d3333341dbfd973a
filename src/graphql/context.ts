import type { Identity } from '../access/identity.ts';
import type { RateLimitState } from '../access/rate-limit.ts';
import type { Database, Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import { Campaigns } from '../model/campaigns.ts';
import { Groups } from '../model/groups.ts';
import type { IdempotencyKey } from '../model/idempotent-writes.ts';
import { idempotentWrites } from '../model/idempotent-writes.ts';
import { Loaders } from './loaders.ts';

/** The caller of a request. */
export interface Caller {
  readonly requestId: string;
  readonly viewer: Identity;
  readonly rateLimit: RateLimitState | null;
  /** Only when the request has a key. Its write then happens once, however often the request is sent. */
  readonly idempotency?: IdempotencyKey | undefined;
}

/** The context of one request's resolvers. It gives access to the caller's workspace only. */
export interface Context extends Caller {
  /** The session for reads outside transactions. */
  readonly session: Session;
  readonly workspace: WorkspaceId;
  readonly campaigns: Campaigns;
  readonly groups: Groups;
  readonly loaders: Loaders;
}

export type CreateContext = (caller: Caller) => Context;

export function contextFactory(database: Database): CreateContext {
  return ({ requestId, viewer, rateLimit, idempotency }) => {
    const { reader: session } = database;
    const workspace = viewer.workspace.id;
    const writable = idempotency ? idempotentWrites(database, viewer.user.email, idempotency) : database;
    return {
      requestId,
      viewer,
      rateLimit,
      idempotency,
      session,
      workspace,
      campaigns: new Campaigns(writable, workspace),
      groups: new Groups(writable, workspace),
      loaders: new Loaders(session, workspace),
    };
  };
}
