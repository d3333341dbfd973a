import { tokenRole } from '../../model/role.ts';
import type { ApiTokenResolvers, MemberResolvers, MutationResolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-id.ts';
import { expiry, lower, upper } from '../inputs.ts';
import { payload } from './payload.ts';

/** What the first token of a member is called. */
const FIRST_TOKEN = 'First token';

export const Member: MemberResolvers = {
  role: ({ role }) => upper(role),
};

export const ApiToken: ApiTokenResolvers = {
  owner: ({ email }) => email,
  maxRole: ({ maxRole }) => maxRole && upper(maxRole),
  async role({ userId, maxRole }, _args, { loaders }) {
    const member = await loaders.member(userId);
    return upper(member ? tokenRole(member.role, maxRole) : 'agent');
  },
  member: ({ userId }, _args, { loaders }) => loaders.member(userId),
};

// The model checks what the caller may do, within the write.

export const memberMutations = {
  inviteMember: async (_root, { input }, { members }) => {
    const token = { name: FIRST_TOKEN, expiresOn: expiry(input.expiresOn) };
    const invited = await members.invite({ email: input.email, role: lower(input.role), token });
    return payload(input, invited, (value) => {
      const { member = null, apiToken = null, key = null } = value ?? {};
      return { member, apiToken, key };
    });
  },

  updateMember: async (_root, { input }, { members }) => {
    const values = { role: lower(input.role), expectedRevision: input.expectedRevision ?? undefined };
    return payload(input, await members.changeRole(input.uuid, values), (member) => ({ member }));
  },

  removeMember: async (_root, { input }, { members }) => {
    const removed = await members.remove(input.uuid, input.expectedRevision ?? undefined);
    return payload(input, removed, (member) => ({ removedMemberId: member && toGlobalId('Member', member.uuid) }));
  },

  createApiToken: async (_root, { input }, { apiTokens }) => {
    const created = await apiTokens.create({
      name: input.name,
      member: input.member ?? undefined,
      maxRole: input.maxRole ? lower(input.maxRole) : undefined,
      expiresOn: expiry(input.expiresOn),
    });
    return payload(input, created, (value) => ({ apiToken: value?.apiToken ?? null, key: value?.key ?? null }));
  },

  revokeApiToken: async (_root, { input }, { apiTokens }) =>
    payload(input, await apiTokens.revoke(input.uuid), (token) => ({
      revokedApiTokenId: token && toGlobalId('ApiToken', token.uuid),
    })),
} satisfies MutationResolvers;
