import type { Identity } from '../access/identity.ts';
import type { RateLimitState } from '../access/rate-limit.ts';
import type { Database } from '../database/database.ts';
import { Campaigns } from '../model/campaigns.ts';
import { Groups } from '../model/groups.ts';
import { Loaders } from './loaders.ts';

/** Who asks, as far as a request's context depends on it. */
export interface Caller {
  readonly requestId: string;
  readonly viewer: Identity;
  readonly rateLimit: RateLimitState | null;
}

/** What the resolvers of one request have: the caller, and the model of the caller's workspace and of no other. */
export interface Context extends Caller {
  readonly campaigns: Campaigns;
  readonly groups: Groups;
  readonly loaders: Loaders;
}

export type CreateContext = (caller: Caller) => Context;

export function contextFactory(database: Database): CreateContext {
  return ({ requestId, viewer, rateLimit }) => {
    const campaigns = new Campaigns(database, viewer.workspace.id);
    const groups = new Groups(database, viewer.workspace.id);
    return { requestId, viewer, rateLimit, campaigns, groups, loaders: new Loaders(campaigns, groups) };
  };
}
