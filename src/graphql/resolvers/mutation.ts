import { mayWrite } from '../../access/roles.ts';
import type { CampaignValues } from '../../model/campaign-rules.ts';
import type { Context } from '../context.ts';
import { graphqlError } from '../errors.ts';
import type { CampaignChanges, MutationResolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-id.ts';
import { atMost, groupReference } from '../inputs.ts';
import { importRows } from './campaign-import.ts';
import { outcome } from './outcome.ts';
import { webhookMutations } from './webhooks.ts';

/** How many campaigns one mutation can change. */
const MAX_AT_ONCE = 250;

export const Mutation: MutationResolvers = {
  createCampaign: async (_root, { input }, context) => {
    const { campaigns } = writing(context);
    const { value, ...payload } = outcome(
      input,
      await campaigns.create({ name: input.name, group: groupReference(input.group) }),
    );
    return { ...payload, campaign: value };
  },

  updateCampaign: async (_root, { input }, context) => {
    const { campaigns } = writing(context);
    const { value, ...payload } = outcome(input, await campaigns.update(input.uuid, campaignValues(input)));
    return { ...payload, campaign: value };
  },

  deleteCampaign: async (_root, { input }, context) => {
    const { value, ...payload } = outcome(
      input,
      await writing(context).campaigns.delete(input.uuid, input.expectedRevision ?? undefined),
    );
    return { ...payload, deletedCampaignId: value && toGlobalId('Campaign', value.uuid) };
  },

  createCampaigns: async (_root, { input }, context) => {
    const campaigns = atOnce(input.campaigns).map(({ name, group }) => ({ name, group: groupReference(group) }));
    const { value, ...payload } = outcome(input, await writing(context).campaigns.createMany(campaigns));
    return { ...payload, campaigns: value };
  },

  updateCampaigns: async (_root, { input }, context) => {
    const updates = atOnce(input.campaigns).map(({ uuid, ...values }) => ({ uuid, ...campaignValues(values) }));
    const { value, ...payload } = outcome(input, await writing(context).campaigns.updateMany(updates));
    return { ...payload, campaigns: value };
  },

  deleteCampaigns: async (_root, { input }, context) => {
    const deletions = atOnce(input.campaigns).map(({ uuid, expectedRevision }) => ({
      uuid,
      expectedRevision: expectedRevision ?? undefined,
    }));
    const { value, ...payload } = outcome(input, await writing(context).campaigns.deleteMany(deletions));
    return { ...payload, deletedCampaignIds: value?.map(({ uuid }) => toGlobalId('Campaign', uuid)) ?? null };
  },

  importCampaigns: async (_root, { input }, context) => {
    const { campaigns } = writing(context);
    const { counts, fingerprint, imported, errors } = await campaigns.import(
      importRows(input.rows),
      input.plan ?? undefined,
    );
    return {
      imported,
      created: counts.create,
      changed: counts.change,
      unchanged: counts.keep,
      refused: counts.refuse,
      plan: fingerprint,
      userErrors: [...errors],
      clientMutationId: input.clientMutationId ?? null,
    };
  },

  createGroup: async (_root, { input }, context) => {
    const { value, ...payload } = outcome(input, await writing(context).groups.create({ name: input.name }));
    return { ...payload, group: value };
  },

  updateGroup: async (_root, { input }, context) => {
    const { value, ...payload } = outcome(
      input,
      await writing(context).groups.rename(input.uuid, {
        name: input.name,
        expectedRevision: input.expectedRevision ?? undefined,
      }),
    );
    return { ...payload, group: value };
  },

  deleteGroup: async (_root, { input }, context) => {
    const { value, ...payload } = outcome(
      input,
      await writing(context).groups.delete(input.uuid, input.expectedRevision ?? undefined),
    );
    return { ...payload, deletedGroupId: value && toGlobalId('Group', value.uuid) };
  },

  ...webhookMutations,
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

/** The campaigns of a mutation of many. Throws BAD_USER_INPUT when there are more than MAX_AT_ONCE. */
function atOnce<Item>(campaigns: readonly Item[]): readonly Item[] {
  return atMost('campaigns', MAX_AT_ONCE, campaigns);
}

/** Returns the context when its caller may write. Throws FORBIDDEN otherwise. */
function writing(context: Context): Context {
  if (mayWrite(context.viewer.role)) return context;
  throw graphqlError('FORBIDDEN', 'Only administrators and editors can change campaigns and groups.');
}
