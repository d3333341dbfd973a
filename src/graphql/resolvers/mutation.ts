import { mayWrite } from '../../access/roles.ts';
import type { Context } from '../context.ts';
import { graphqlError } from '../errors.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-id.ts';
import { groupReference } from '../inputs.ts';
import { memberMutations } from './members.ts';
import { outcome } from './outcome.ts';
import { webhookMutations } from './webhooks.ts';

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
    const changes = {
      name: input.name ?? undefined,
      group: groupReference(input.group),
      archived: input.archived ?? undefined,
      expectedRevision: input.expectedRevision ?? undefined,
    };
    const { value, ...payload } = outcome(input, await campaigns.update(input.uuid, changes));
    return { ...payload, campaign: value };
  },

  deleteCampaign: async (_root, { input }, context) => {
    const { value, ...payload } = outcome(
      input,
      await writing(context).campaigns.delete(input.uuid, input.expectedRevision ?? undefined),
    );
    return { ...payload, deletedCampaignId: value && toGlobalId('Campaign', value.uuid) };
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
  ...memberMutations,
};

/** Returns the context when its caller may write. Throws FORBIDDEN otherwise. */
function writing(context: Context): Context {
  if (mayWrite(context.viewer.role)) return context;
  throw graphqlError('FORBIDDEN', 'Only administrators and editors can change campaigns and groups.');
}
