import DataLoader from 'dataloader';
import type { Session } from '../database/database.ts';
import type { WorkspaceId } from '../database/tables.ts';
import type { Campaign, CampaignFilter } from '../model/campaign.ts';
import { campaignList } from '../model/campaigns.ts';
import type { Group, GroupSummary } from '../model/group.ts';
import { groupsByIds } from '../model/groups.ts';
import type { FilteredList } from '../model/workspace-list.ts';
import { childLists } from './child-lists.ts';

/** Reads for many objects of one request at once. Each loader is created on first use, because few requests need one. */
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
   * The whole group. Campaigns are read with a summary of their group only, because most requests need no more. The
   * groups of a page are read in one statement.
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
