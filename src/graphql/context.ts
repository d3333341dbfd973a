import type { Identity } from '../access/identity.ts';
import type { RateLimitState } from '../access/rate-limit.ts';
import type { Database } from '../database/database.ts';
import { Campaigns } from '../model/campaigns.ts';
import { Groups } from '../model/groups.ts';
import { GroupCampaigns } from './group-campaigns.ts';

/** What the resolvers of one request have: the caller, and the model of the caller's workspace and of no other. */
export interface Context {
  readonly requestId: string;
  readonly viewer: Identity;
  readonly rateLimit: RateLimitState | null;
  readonly campaigns: Campaigns;
  readonly groups: Groups;
  readonly groupCampaigns: GroupCampaigns;
  /** What the operation may cost at most, once it is known: `extensions.cost` of the answer. */
  cost?: number;
}

export type CreateContext = (request: Pick<Context, 'requestId' | 'viewer' | 'rateLimit'>) => Context;

export function contextFactory(database: Database): CreateContext {
  return (request) => {
    const campaigns = new Campaigns(database, request.viewer.workspace.id);
    return {
      ...request,
      campaigns,
      groups: new Groups(database, request.viewer.workspace.id),
      groupCampaigns: new GroupCampaigns(campaigns),
    };
  };
}
