import DataLoader from 'dataloader';
import type { CampaignFilter } from '../model/campaign-filter.ts';
import type { Campaign } from '../model/campaign.ts';
import type { CampaignOrderField } from '../model/campaign-filter.ts';
import type { CampaignOrdering, Campaigns } from '../model/campaigns.ts';
import { campaignPosition } from '../model/campaigns.ts';
import type { Page, PageRequest, Position } from '../model/page.ts';
import type { ListSource } from './connection.ts';

/**
 * The campaigns of each group in a list of groups. What the groups ask for alike is read for all of them at once, so that
 * a page of groups costs a fixed number of statements, however many groups are on it.
 */
export class GroupCampaigns {
  readonly #campaigns: Campaigns;
  readonly #pages = new Map<string, DataLoader<number, Page<Campaign>>>();
  readonly #counts = new Map<string, DataLoader<number, number>>();

  constructor(campaigns: Campaigns) {
    this.#campaigns = campaigns;
  }

  /** One group's campaigns, as a list that a connection shows. */
  of(groupId: number, filter: CampaignFilter): ListSource<Campaign, CampaignOrderField> {
    return {
      list: 'c',
      position: campaignPosition,
      page: (request) => this.#page(groupId, request, filter),
      count: () => this.#count(groupId, filter),
      existsFrom: (ordering: CampaignOrdering, side: 'after' | 'before', position: Position) =>
        this.#campaigns.existsFrom(ordering, side, position, { ...filter, groupId }),
    };
  }

  #page(groupId: number, request: PageRequest<CampaignOrderField>, filter: CampaignFilter): Promise<Page<Campaign>> {
    return loader(this.#pages, { request, filter }, (ids: readonly number[]) =>
      this.#campaigns.pagesOfGroups(ids, request, filter),
    ).load(groupId);
  }

  #count(groupId: number, filter: CampaignFilter): Promise<number> {
    return loader(this.#counts, { filter }, (ids: readonly number[]) =>
      this.#campaigns.countOfGroups(ids, filter),
    ).load(groupId);
  }
}

/** The loader for what is asked for in the same words, made when it is first asked for. */
function loader<Value>(
  loaders: Map<string, DataLoader<number, Value>>,
  asked: unknown,
  read: (ids: readonly number[]) => Promise<Map<number, Value>>,
): DataLoader<number, Value> {
  const words = JSON.stringify(asked);
  const known = loaders.get(words);
  if (known) return known;
  const made = new DataLoader<number, Value>(async (ids) => {
    const found = await read(ids);
    return ids.map((id) => found.get(id) ?? new Error(`nothing was read for ${id}`));
  });
  loaders.set(words, made);
  return made;
}
