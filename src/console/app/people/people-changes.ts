import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import type {
  CreateApiTokenMutationVariables,
  InviteMemberMutationVariables,
  RemoveMemberMutationVariables,
  UpdateMemberMutationVariables,
} from '../generated/graphql.ts';
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

export function useInviteMember() {
  const execute = useExecute();
  return useMutation({
    mutationFn: async (input: InviteMemberMutationVariables) => (await execute(InviteMember, input)).inviteMember,
    onSettled: useInvalidate(),
    // The answer has a key, which stays in memory no longer than it is shown.
    gcTime: 0,
  });
}

export function useUpdateMember() {
  const execute = useExecute();
  return useMutation({
    mutationFn: async (input: UpdateMemberMutationVariables) => (await execute(UpdateMember, input)).updateMember,
    onSettled: useInvalidate(),
  });
}

export function useRemoveMember() {
  const execute = useExecute();
  return useMutation({
    mutationFn: async (input: RemoveMemberMutationVariables) => (await execute(RemoveMember, input)).removeMember,
    onSettled: useInvalidate(),
  });
}

export function useCreateToken() {
  const execute = useExecute();
  return useMutation({
    mutationFn: async (input: CreateApiTokenMutationVariables) => (await execute(CreateApiToken, input)).createApiToken,
    onSettled: useInvalidate(),
    gcTime: 0,
  });
}

export function useRevokeToken() {
  const execute = useExecute();
  return useMutation({
    mutationFn: async (uuid: string) => (await execute(RevokeApiToken, { uuid })).revokeApiToken,
    onSettled: useInvalidate(),
  });
}

/** Fetches both lists again, also after an error: the change may have been made. */
function useInvalidate(): () => void {
  const queryClient = useQueryClient();
  return () =>
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) => ['members', 'tokens'].includes(String(queryKey[0])),
    });
}
