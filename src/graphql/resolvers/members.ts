import { tokenRole } from '../../model/role.ts';
import type { ApiTokenResolvers, MemberResolvers, MutationResolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-id.ts';
import { expiry, lower, upper } from '../inputs.ts';
import { outcome } from './outcome.ts';

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
    const { value, ...payload } = outcome(input, invited);
    const { member = null, apiToken = null, key = null } = value ?? {};
    return { ...payload, member, apiToken, key };
  },

  updateMember: async (_root, { input }, { members }) => {
    const { value, ...payload } = outcome(
      input,
      await members.changeRole(input.uuid, {
        role: lower(input.role),
        expectedRevision: input.expectedRevision ?? undefined,
      }),
    );
    return { ...payload, member: value };
  },

  removeMember: async (_root, { input }, { members }) => {
    const { value, ...payload } = outcome(input, await members.remove(input.uuid, input.expectedRevision ?? undefined));
    return { ...payload, removedMemberId: value && toGlobalId('Member', value.uuid) };
  },

  createApiToken: async (_root, { input }, { apiTokens }) => {
    const { value, ...payload } = outcome(
      input,
      await apiTokens.create({
        name: input.name,
        member: input.member ?? undefined,
        maxRole: input.maxRole ? lower(input.maxRole) : undefined,
        expiresOn: expiry(input.expiresOn),
      }),
    );
    const { apiToken = null, key = null } = value ?? {};
    return { ...payload, apiToken, key };
  },

  revokeApiToken: async (_root, { input }, { apiTokens }) => {
    const { value, ...payload } = outcome(input, await apiTokens.revoke(input.uuid));
    return { ...payload, revokedApiTokenId: value && toGlobalId('ApiToken', value.uuid) };
  },
} satisfies MutationResolvers;
