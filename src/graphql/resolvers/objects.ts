import type { UpstreamState as UpstreamStateName } from '../../database/tables.ts';
import type { Group as WholeGroup, GroupSummary } from '../../model/group.ts';
import { apiTokenList, seesToken, visibleFields } from '../../model/api-tokens.ts';
import { CHANGED_TYPES, TYPE_NAMES } from '../../model/change.ts';
import { clockTime, SECOND } from '../../model/time.ts';
import { upstreamOf } from '../../model/upstream.ts';
import { connectChanges } from '../connect-changes.ts';
import { changesCursor } from '../changes-cursor-field.ts';
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
  subjectType: ({ subject }) => TYPE_NAMES[subject.type],
  subjectUuid: ({ subject }) => subject.uuid,
  async subject({ subject }, _args, { loaders, viewer }) {
    const found = await loaders.subject(subject);
    return found && 'expiresOn' in found && !seesToken(viewer, found) ? null : found;
  },
  fields: (change, _args, { viewer }) => [...visibleFields(viewer, change)],
  deletedId: ({ action, subject }) => (action === 'deleted' ? toGlobalId(subject.type, subject.uuid) : null),
};

export const ChangeSubject: ChangeSubjectResolvers = {
  __resolveType: (value) => CHANGED_TYPES.find((type) => NODES[type].recognises(value)) ?? 'Group',
};

export const Workspace: WorkspaceResolvers = {
  async upstream(_workspace, _args, { accounts, session, workspace }) {
    if (accounts.length === 0) return null;
    const upstream = await upstreamOf(session, workspace);
    // When the workspace's account is no longer among the accounts of this server, the workspace is kept here.
    return upstream && accounts.includes(upstream.url) ? upstream : null;
  },
};

export const Upstream: UpstreamResolvers = {
  state: ({ state }) => UPSTREAM_STATES[state],
  lastContactAt: ({ lastContactOn }) => lastContactOn,
  lagSeconds: ({ completeAsOf }) =>
    completeAsOf === null ? null : Math.max(0, Math.round((clockTime() - completeAsOf) / SECOND)),
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
  member: ({ user }, _args, { loaders }) => loaders.member(user.id),
  token: ({ token }, _args, { session, workspace }) => apiTokenList(session, workspace).byUuid(token.uuid),
  rateLimit: (_viewer, _args, { rateLimit }) => rateLimit,
};
