import type { Campaign } from '../../model/campaign.ts';
import { campaignPosition } from '../../model/campaigns.ts';
import type { Group } from '../../model/group.ts';
import { groupPosition } from '../../model/groups.ts';
import { connect } from '../connection.ts';
import type { Context } from '../context.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import { fromGlobalId } from '../global-id.ts';
import { atMost, campaignFilter, groupFilter, groupReference, MOST, ordering } from '../inputs.ts';

export const Query: QueryResolvers = {
  node: async (_root, { id }, context) => (await findNodes([id], context))[0] ?? null,

  nodes: (_root, { ids }, context) => findNodes(atMost('ids', MOST.ids, ids), context),

  viewer: (_root, _args, { viewer }) => viewer,

  campaign: (_root, { uuid }, { campaigns }) => campaigns.byUuid(uuid),

  campaigns: (_root, args, { campaigns }) => {
    const filter = campaignFilter(args.filter);
    return connect(
      {
        list: 'c',
        position: campaignPosition,
        page: (request) => campaigns.page(request, filter),
        existsFrom: (...place) => campaigns.existsFrom(...place, filter),
        count: () => campaigns.count(filter),
      },
      ordering(args.orderBy),
      args,
    );
  },

  campaignErrors: (_root, { uuid, name, group }, { campaigns }) =>
    campaigns.errors({ uuid: uuid ?? undefined, name: name ?? undefined, group: groupReference(group) }),

  group: (_root, { by }, { groups }) => groups.find(groupReference(by)),

  groups: (_root, args, { groups }) => {
    const filter = groupFilter(args.filter);
    return connect(
      {
        list: 'g',
        position: groupPosition,
        page: (request) => groups.page(request, filter),
        existsFrom: (...place) => groups.existsFrom(...place, filter),
        count: () => groups.count(filter),
      },
      ordering(args.orderBy),
      args,
    );
  },
};

/** The objects with these global ids, in their order, with null for what there is not. One statement for each type. */
async function findNodes(ids: readonly string[], { campaigns, groups }: Context): Promise<(Campaign | Group | null)[]> {
  const named = ids.map(fromGlobalId);
  const uuids = (type: string) => [...new Set(named.filter((one) => one?.type === type).map((one) => one?.uuid ?? ''))];
  const [foundCampaigns, foundGroups] = await Promise.all([
    campaigns.byUuids(uuids('Campaign')),
    groups.byUuids(uuids('Group')),
  ]);
  const found = {
    Campaign: new Map<string, Campaign>(foundCampaigns.map((campaign) => [campaign.uuid, campaign])),
    Group: new Map<string, Group>(foundGroups.map((group) => [group.uuid, group])),
  };
  return named.map((one) => (one && found[one.type].get(one.uuid)) ?? null);
}
