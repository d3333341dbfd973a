import type { Group as WholeGroup, GroupSummary } from '../../model/group.ts';
import { connect } from '../connection.ts';
import type { Context } from '../context.ts';
import type {
  CampaignConnectionResolvers,
  CampaignResolvers,
  GroupConnectionResolvers,
  GroupResolvers,
  NodeResolvers,
  PageInfoResolvers,
  ViewerResolvers,
} from '../generated/resolvers.ts';
import { toGlobalId } from '../global-id.ts';
import { campaignFilter, ordering, upper } from '../inputs.ts';

// Only what differs from the model: its objects have the names of the schema's fields.

export const Campaign: CampaignResolvers = {
  id: ({ uuid }) => toGlobalId('Campaign', uuid),
};

/** Resolves what a campaign's own row does not have of its group. */
function detail<Value>(pick: (group: WholeGroup) => Value) {
  return (group: GroupSummary, _args: unknown, { loaders }: Context): Value | Promise<Value> => {
    const whole = loaders.groupDetails.of(group);
    return whole instanceof Promise ? whole.then(pick) : pick(whole);
  };
}

export const Group: GroupResolvers = {
  id: ({ uuid }) => toGlobalId('Group', uuid),
  query: detail(({ query }) => query),
  status: detail(({ status }) => upper(status)),
  system: detail(({ system }) => system),
  contactCount: detail(({ contactCount }) => contactCount),
  createdOn: detail(({ createdOn }) => createdOn),
  campaigns: ({ id }, args, { loaders }) =>
    connect(
      loaders.groupCampaigns.of(id, { ...campaignFilter(args.filter), group: undefined }),
      ordering(args.orderBy),
      args,
    ),
};

export const Node: NodeResolvers = {
  __resolveType: (object) => ('group' in object ? 'Campaign' : 'Group'),
};

export const Viewer: ViewerResolvers = {
  // Only those with a role get as far as asking.
  role: ({ role }) => upper(role ?? 'agent'),
  rateLimit: (_viewer, _args, { rateLimit }) => rateLimit,
};

// Compiled queries do not call methods by themselves.

export const CampaignConnection: CampaignConnectionResolvers = {
  totalCount: (connection) => connection.totalCount(),
};

export const GroupConnection: GroupConnectionResolvers = {
  totalCount: (connection) => connection.totalCount(),
};

export const PageInfo: PageInfoResolvers = {
  hasNextPage: (page) => page.hasNextPage(),
  hasPreviousPage: (page) => page.hasPreviousPage(),
};
