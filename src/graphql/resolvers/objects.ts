import type { UpstreamState as UpstreamStateName } from '../../database/tables.ts';
import type { Group as WholeGroup, GroupSummary } from '../../model/group.ts';
import { clockTime } from '../../model/time.ts';
import { upstreamOf } from '../../model/upstream.ts';
import { connectChanges } from '../changes.ts';
import { changesCursor } from '../changes-cursor.ts';
import { connect } from '../connection.ts';
import type { Context } from '../context.ts';
import type {
  CampaignResolvers,
  ChangeResolvers,
  ChangeSubjectResolvers,
  GroupResolvers,
  UpstreamResolvers,
  UpstreamState,
  ViewerResolvers,
  WorkspaceResolvers,
} from '../generated/resolvers.ts';
import { toGlobalId } from '../global-id.ts';
import { campaignFilter, ordering, upper } from '../inputs.ts';
import { NODES } from '../nodes.ts';

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
  async campaigns({ id }, args, { loaders }, info) {
    // The parent is the group. The filter's `group` is ignored, as the schema says.
    const filter = { ...campaignFilter(args.filter), group: undefined };
    const cursor = await changesCursor(loaders, info);
    return connect(loaders.campaignsOf(id, filter), ordering(args.orderBy), args, { changesCursor: cursor });
  },
  revision: detail(({ revision }) => revision),
  history: ({ uuid }, args, { loaders }) =>
    connectChanges(loaders.historyOf({ type: 'Group', uuid }), 'history', args, loaders),
};

export const Campaign: CampaignResolvers = {
  history: ({ uuid }, args, { loaders }) =>
    connectChanges(loaders.historyOf({ type: 'Campaign', uuid }), 'history', args, loaders),
};

export const Change: ChangeResolvers = {
  revision: ({ id }) => id,
  at: ({ changedOn }) => changedOn,
  action: ({ action }) => upper(action),
  actor: ({ author: { user, token } }) => (user === null || token === null ? null : { email: user, token }),
  origin: ({ author }) => upper(author.origin),
  subjectType: ({ subject }) => upper(subject.type),
  subjectUuid: ({ subject }) => subject.uuid,
  subject: ({ subject }, _args, { loaders }) => loaders.subject(subject),
  deletedId: ({ action, subject }) => (action === 'deleted' ? toGlobalId(subject.type, subject.uuid) : null),
};

export const ChangeSubject: ChangeSubjectResolvers = {
  __resolveType: (value) => (NODES.Campaign.recognises(value) ? 'Campaign' : 'Group'),
};

export const Workspace: WorkspaceResolvers = {
  upstream: (_workspace, _args, { session, workspace }) => upstreamOf(session, workspace),
};

export const Upstream: UpstreamResolvers = {
  state: ({ state }) => UPSTREAM_STATES[state],
  lastContactAt: ({ lastContactOn }) => lastContactOn,
  lagSeconds: ({ completeAsOf }) =>
    completeAsOf === null ? null : Math.max(0, Math.round((clockTime() - completeAsOf) / 1_000_000)),
  budget: ({ requestsAllowed, requestsMade }) => ({ allowedPerHour: requestsAllowed, usedLastHour: requestsMade }),
};

const UPSTREAM_STATES = {
  'catching-up': 'CATCHING_UP',
  following: 'FOLLOWING',
  away: 'AWAY',
  refused: 'REFUSED',
  paused: 'PAUSED',
} as const satisfies Record<UpstreamStateName, UpstreamState>;

export const Viewer: ViewerResolvers = {
  // A caller without a role is refused before any field is resolved.
  role: ({ role }) => upper(role ?? 'agent'),
  rateLimit: (_viewer, _args, { rateLimit }) => rateLimit,
};
