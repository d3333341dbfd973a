import type { Identity } from '../access/identity.ts';
import type { RateLimitState } from '../access/rate-limit.ts';
import type { Database, Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { Observed } from '../http/observed.ts';
import { Campaigns } from '../model/campaigns.ts';
import { Groups } from '../model/groups.ts';
import { Loaders } from './loaders.ts';

/** The caller of a request. */
export interface Caller {
  readonly requestId: string;
  readonly viewer: Identity;
  readonly rateLimit: RateLimitState | null;
  /** Takes notes for the log and the metrics. */
  readonly observed: Observed;
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
  return ({ requestId, viewer, rateLimit, observed }) => {
    const { reader: session } = database;
    const workspace = viewer.workspace.id;
    return {
      requestId,
      viewer,
      rateLimit,
      observed,
      session,
      workspace,
      campaigns: new Campaigns(database, workspace),
      groups: new Groups(database, workspace),
      loaders: new Loaders(session, workspace),
    };
  };
}
