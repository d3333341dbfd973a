import DataLoader from 'dataloader';
import type { Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { Campaign, CampaignFilter } from '../model/campaign.ts';
import { campaignList } from '../model/campaigns.ts';
import type { Group, GroupSummary } from '../model/group.ts';
import { groupsByIds } from '../model/groups.ts';
import type { FilteredList } from '../model/workspace-list.ts';
import { childLists } from './child-lists.ts';

/** What one request reads for many objects at once. Few requests need these, so that each is made when it is needed. */
export class Loaders {
  readonly #session: Session;
  readonly #workspace: WorkspaceId;
  #campaigns: ((groupId: number, filter: CampaignFilter) => FilteredList<Campaign>) | undefined;
  #groups: DataLoader<number, Group> | undefined;

  constructor(session: Session, workspace: WorkspaceId) {
    this.#session = session;
    this.#workspace = workspace;
  }

  /** The campaigns of one group that the filter matches. */
  campaignsOf(groupId: number, filter: CampaignFilter): FilteredList<Campaign> {
    this.#campaigns ??= childLists(campaignList(this.#session, this.#workspace), 'group');
    return this.#campaigns(groupId, filter);
  }

  /**
   * All of a group where a campaign has brought only its summary along, which is all that most requests ask for. The
   * groups of a whole page are read at once.
   */
  wholeGroup(group: GroupSummary | Group): Group | Promise<Group> {
    if ('createdOn' in group) return group;
    this.#groups ??= new DataLoader(async (ids: readonly number[]) => {
      const found = new Map((await groupsByIds(this.#session, this.#workspace, ids)).map((one) => [one.id, one]));
      return ids.map((id) => found.get(id) ?? new Error(`there is no group ${id}`));
    });
    return this.#groups.load(group.id);
  }
}
