import { useChange } from '../api/use-change.ts';
import { graphql } from '../generated/index.ts';

const InviteMember = graphql(`
  mutation InviteMember($email: String!, $role: Role!) {
    inviteMember(input: { email: $email, role: $role }) {
      key
      member {
        email
      }
      userErrors {
        ...InputError
      }
    }
  }
`);

const UpdateMember = graphql(`
  mutation UpdateMember($uuid: UUID!, $role: Role!, $expectedRevision: Int!) {
    updateMember(input: { uuid: $uuid, role: $role, expectedRevision: $expectedRevision }) {
      userErrors {
        ...InputError
      }
    }
  }
`);

const RemoveMember = graphql(`
  mutation RemoveMember($uuid: UUID!, $expectedRevision: Int!) {
    removeMember(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {
      userErrors {
        ...InputError
      }
    }
  }
`);

const CreateApiToken = graphql(`
  mutation CreateApiToken($name: String!, $member: UUID, $maxRole: Role, $expiresOn: DateTime) {
    createApiToken(input: { name: $name, member: $member, maxRole: $maxRole, expiresOn: $expiresOn }) {
      key
      userErrors {
        ...InputError
      }
    }
  }
`);

const RevokeApiToken = graphql(`
  mutation RevokeApiToken($uuid: UUID!) {
    revokeApiToken(input: { uuid: $uuid }) {
      userErrors {
        ...InputError
      }
    }
  }
`);

/** The lists that a change of a member or a token affects. A member who is removed loses all tokens, so both lists change. */
const LISTS = ['members', 'tokens'];

export const useInviteMember = () => useChange(InviteMember, 'inviteMember', LISTS);
export const useUpdateMember = () => useChange(UpdateMember, 'updateMember', [...LISTS, 'viewer']);
export const useRemoveMember = () => useChange(RemoveMember, 'removeMember', LISTS);
export const useCreateToken = () => useChange(CreateApiToken, 'createApiToken', LISTS);
export const useRevokeToken = () => useChange(RevokeApiToken, 'revokeApiToken', LISTS);
