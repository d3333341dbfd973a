import type { Group as WholeGroup, GroupSummary } from '../../model/group.ts';
import { connect } from '../connection.ts';
import type { Context } from '../context.ts';
import type { GroupResolvers, ViewerResolvers } from '../generated/resolvers.ts';
import { campaignFilter, ordering, upper } from '../inputs.ts';

// Resolvers for the fields that differ from the model's members. The others need none, because their names are the same.

/** Resolves a field that is not part of a group's summary. */
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
    // The parent is the group. The filter's `group` is ignored, as the schema says.
    const filter = { ...campaignFilter(args.filter), group: undefined };
    return connect(loaders.campaignsOf(id, filter), ordering(args.orderBy), args);
  },
};

export const Viewer: ViewerResolvers = {
  // A caller without a role is refused before any field is resolved.
  role: ({ role }) => upper(role ?? 'agent'),
  rateLimit: (_viewer, _args, { rateLimit }) => rateLimit,
};
