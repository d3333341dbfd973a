import type { CampaignValues } from '../../model/campaign-rules.ts';
import { LIMITS } from '../execution/limits.ts';
import type { CampaignChanges, MutationResolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-id.ts';
import { atMost, groupReference } from '../inputs.ts';
import { campaignImportMutations } from './campaign-import.ts';
import { memberMutations } from './members.ts';
import { payload } from './payload.ts';
import { writing } from './permissions.ts';
import { webhookMutations } from './webhooks.ts';

export const Mutation: MutationResolvers = {
  createCampaign: async (_root, { input }, context) => {
    const values = { name: input.name, group: groupReference(input.group) };
    return payload(input, await writing(context).campaigns.create(values), (campaign) => ({ campaign }));
  },

  updateCampaign: async (_root, { input }, context) => {
    const updated = await writing(context).campaigns.update(input.uuid, campaignValues(input));
    return payload(input, updated, (campaign) => ({ campaign }));
  },

  deleteCampaign: async (_root, { input }, context) => {
    const deleted = await writing(context).campaigns.delete(input.uuid, input.expectedRevision ?? undefined);
    return payload(input, deleted, (campaign) => ({
      deletedCampaignId: campaign && toGlobalId('Campaign', campaign.uuid),
    }));
  },

  createCampaigns: async (_root, { input }, context) => {
    const values = atOnce(input.campaigns).map(({ name, group }) => ({ name, group: groupReference(group) }));
    return payload(input, await writing(context).campaigns.createMany(values), (campaigns) => ({ campaigns }));
  },

  updateCampaigns: async (_root, { input }, context) => {
    const updates = atOnce(input.campaigns).map(({ uuid, ...values }) => ({ uuid, ...campaignValues(values) }));
    return payload(input, await writing(context).campaigns.updateMany(updates), (campaigns) => ({ campaigns }));
  },

  deleteCampaigns: async (_root, { input }, context) => {
    const deletions = atOnce(input.campaigns).map(({ uuid, expectedRevision }) => ({
      uuid,
      expectedRevision: expectedRevision ?? undefined,
    }));
    return payload(input, await writing(context).campaigns.deleteMany(deletions), (campaigns) => ({
      deletedCampaignIds: campaigns?.map(({ uuid }) => toGlobalId('Campaign', uuid)) ?? null,
    }));
  },

  createGroup: async (_root, { input }, context) =>
    payload(input, await writing(context).groups.create({ name: input.name }), (group) => ({ group })),

  updateGroup: async (_root, { input }, context) => {
    const values = { name: input.name, expectedRevision: input.expectedRevision ?? undefined };
    return payload(input, await writing(context).groups.rename(input.uuid, values), (group) => ({ group }));
  },

  deleteGroup: async (_root, { input }, context) => {
    const deleted = await writing(context).groups.delete(input.uuid, input.expectedRevision ?? undefined);
    return payload(input, deleted, (group) => ({ deletedGroupId: group && toGlobalId('Group', group.uuid) }));
  },

  ...campaignImportMutations,
  ...webhookMutations,
  ...memberMutations,
};

/** New values for a campaign as the model takes them: null is the same as not given. */
function campaignValues(input: Omit<CampaignChanges, 'uuid'>): CampaignValues {
  return {
    name: input.name ?? undefined,
    group: groupReference(input.group),
    archived: input.archived ?? undefined,
    expectedRevision: input.expectedRevision ?? undefined,
  };
}

/** The campaigns of a mutation of many. Throws BAD_USER_INPUT when there are more than one mutation can change. */
function atOnce<Item>(campaigns: readonly Item[]): readonly Item[] {
  return atMost('campaigns', LIMITS.changedAtOnce, campaigns);
}
