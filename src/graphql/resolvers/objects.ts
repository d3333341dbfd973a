import { connect } from '../connection.ts';
import type { CampaignResolvers, GroupResolvers, NodeResolvers, ViewerResolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-id.ts';
import { campaignFilter, ordering, upper } from '../inputs.ts';

// Only what differs from the model: its objects have the names of the schema's fields.

export const Campaign: CampaignResolvers = {
  id: ({ uuid }) => toGlobalId('Campaign', uuid),
};

export const Group: GroupResolvers = {
  id: ({ uuid }) => toGlobalId('Group', uuid),
  status: ({ status }) => upper(status),
  campaigns: ({ id }, args, { groupCampaigns }) =>
    connect(groupCampaigns.of(id, { ...campaignFilter(args.filter), group: undefined }), ordering(args.orderBy), args),
};

export const Node: NodeResolvers = {
  __resolveType: (object) => ('group' in object ? 'Campaign' : 'Group'),
};

export const Viewer: ViewerResolvers = {
  // Only those with a role get as far as asking.
  role: ({ role }) => upper(role ?? 'agent'),
  rateLimit: (_viewer, _args, { rateLimit }) => rateLimit,
};
