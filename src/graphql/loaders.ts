import type { Campaigns } from '../model/campaigns.ts';
import type { Groups } from '../model/groups.ts';
import { GroupCampaigns } from './group-campaigns.ts';
import { GroupDetails } from './group-details.ts';

/** What one request reads for many objects at once. Few requests need these, so that they are made when they are needed. */
export class Loaders {
  readonly #campaigns: Campaigns;
  readonly #groups: Groups;
  #groupCampaigns: GroupCampaigns | undefined;
  #groupDetails: GroupDetails | undefined;

  constructor(campaigns: Campaigns, groups: Groups) {
    this.#campaigns = campaigns;
    this.#groups = groups;
  }

  get groupCampaigns(): GroupCampaigns {
    return (this.#groupCampaigns ??= new GroupCampaigns(this.#campaigns));
  }

  get groupDetails(): GroupDetails {
    return (this.#groupDetails ??= new GroupDetails(this.#groups));
  }
}
