import { reachOfChanges } from '../../model/changes.ts';
import type { Context } from '../context.ts';
import type { ListExtensions } from '../execution/list-extensions.ts';
import type { ChangeFilter, SubscriptionChangesArgs } from '../generated/resolvers.ts';
import { changeFilter } from '../inputs.ts';
import { followChanges } from '../streams/follow-changes.ts';

/** Subscriptions. The server gives each event to graphql-js as the value of the subscription's field. */
export const Subscription = {
  changes: {
    subscribe: (_root: unknown, { first, after, from, filter }: SubscriptionChangesArgs, context: Context) =>
      followChanges({ first, after, from, filter: changeFilter(filter) }, context),
  },
};

/** A batch counts as a page of the list of changes when an operation is measured. */
export const ChangeBatch = {
  upToDate: {
    extensions: {
      reach: ({ filter }) => reachOfChanges(changeFilter(filter as ChangeFilter)),
    } satisfies ListExtensions,
  },
};
