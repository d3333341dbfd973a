import type { QueryResolvers } from '../generated/resolvers.ts';
import { groupReference } from '../inputs.ts';
import { campaignImportQueries } from './campaign-import.ts';
import { webhookQueries } from './webhooks.ts';

// The fields that every type has, such as `node` and the lists, are made from the registry of nodes: see nodes.ts.

export const Query: QueryResolvers = {
  viewer: (_root, _args, { viewer }) => viewer,

  campaign: (_root, { uuid }, { campaigns }) => campaigns.list.byUuid(uuid),

  campaignErrors: (_root, { uuid, name, group }, { campaigns }) =>
    campaigns.errors({ uuid: uuid ?? undefined, name: name ?? undefined, group: groupReference(group) }),

  group: (_root, { by }, { groups }) => groups.find(groupReference(by)),

  ...campaignImportQueries,

  ...webhookQueries,
};
