import type { Group as WholeGroup, GroupSummary } from '../../model/group.ts';
import { connect } from '../connection.ts';
import type { Context } from '../context.ts';
import type { GroupResolvers, ViewerResolvers } from '../generated/resolvers.ts';
import { campaignFilter, ordering, upper } from '../inputs.ts';

// Only the fields whose name or form differs from the model's: its objects have the names of the schema's fields.

/** Resolves a field of a group that a campaign's row does not have. */
function detail<Value>(pick: (group: WholeGroup) => Value) {
  return (group: GroupSummary, _args: unknown, { loaders }: Context): Value | Promise<Value> => {
    const whole = loaders.wholeGroup(group);
    return whole instanceof Promise ? whole.then(pick) : pick(whole);
  };
}

export const Group: GroupResolvers = {
  query: detail(({ query }) => query),
  status: detail(({ status }) => upper(status)),
  system: detail(({ system }) => system),
  contactCount: detail(({ contactCount }) => contactCount),
  createdOn: detail(({ createdOn }) => createdOn),
  campaigns({ id }, args, { loaders }) {
    // The group is given: the schema says that the filter's own is passed over.
    const filter = { ...campaignFilter(args.filter), group: undefined };
    return connect(loaders.campaignsOf(id, filter), ordering(args.orderBy), args);
  },
};

export const Viewer: ViewerResolvers = {
  // A caller without a role is refused before any field is resolved.
  role: ({ role }) => upper(role ?? 'agent'),
  rateLimit: (_viewer, _args, { rateLimit }) => rateLimit,
};
