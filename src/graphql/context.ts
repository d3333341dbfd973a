import type { Identity } from '../access/identity.ts';
import type { RateLimitState } from '../access/rate-limit.ts';
import type { Database } from '../database/database.ts';
import { Campaigns } from '../model/campaigns.ts';
import { Groups } from '../model/groups.ts';
import { GroupCampaigns } from './group-campaigns.ts';
import { GroupDetails } from './group-details.ts';

/** What the resolvers of one request have: the caller, and the model of the caller's workspace and of no other. */
export class Context {
  readonly requestId: string;
  readonly viewer: Identity;
  readonly rateLimit: RateLimitState | null;
  readonly campaigns: Campaigns;
  readonly groups: Groups;
  // Apollo copies the context for each operation, and a copy has no #fields.
  private sharedGroupCampaigns: GroupCampaigns | undefined;
  private sharedGroupDetails: GroupDetails | undefined;

  constructor(database: Database, { requestId, viewer, rateLimit }: Caller) {
    this.requestId = requestId;
    this.viewer = viewer;
    this.rateLimit = rateLimit;
    this.campaigns = new Campaigns(database, viewer.workspace.id);
    this.groups = new Groups(database, viewer.workspace.id);
  }

  // Few requests need these, and those that do share what they have read.

  get groupCampaigns(): GroupCampaigns {
    return (this.sharedGroupCampaigns ??= new GroupCampaigns(this.campaigns));
  }

  get groupDetails(): GroupDetails {
    return (this.sharedGroupDetails ??= new GroupDetails(this.groups));
  }
}

/** Who asks, as far as a request's context depends on it. */
export interface Caller {
  readonly requestId: string;
  readonly viewer: Identity;
  readonly rateLimit: RateLimitState | null;
}

export type CreateContext = (caller: Caller) => Context;

export function contextFactory(database: Database): CreateContext {
  return (caller) => new Context(database, caller);
}
