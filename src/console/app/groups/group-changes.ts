import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { conflictOf } from '../api/conflict-of.ts';
import type { GroupRowFragment, RenameGroupMutationVariables } from '../generated/graphql.ts';
import { graphql } from '../generated/index.ts';

const CreateGroup = graphql(`
  mutation CreateGroup($name: String!) {
    createGroup(input: { name: $name }) {
      group {
        ...GroupRow
      }
      userErrors {
        ...InputError
      }
    }
  }
`);

const RenameGroup = graphql(`
  mutation RenameGroup($uuid: UUID!, $name: String!, $expectedRevision: Int!) {
    updateGroup(input: { uuid: $uuid, name: $name, expectedRevision: $expectedRevision }) {
      group {
        ...GroupRow
      }
      userErrors {
        ...InputError
        code
        current {
          ... on Group {
            ...GroupRow
          }
        }
      }
    }
  }
`);

const DeleteGroup = graphql(`
  mutation DeleteGroup($uuid: UUID!, $expectedRevision: Int!) {
    deleteGroup(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {
      deletedGroupId
      userErrors {
        ...InputError
        code
        current {
          ... on Group {
            ...GroupRow
          }
        }
      }
    }
  }
`);

export function useCreateGroup() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: { name: string }) => (await execute(CreateGroup, input)).createGroup,
    onSuccess: () => invalidate(queryClient),
  });
}

export function useRenameGroup() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: RenameGroupMutationVariables) => (await execute(RenameGroup, input)).updateGroup,
    onSuccess: (payload, { uuid }) => {
      const shown = payload?.group ?? conflictOf(payload?.userErrors ?? []);
      if (shown) queryClient.setQueryData(['group-details', uuid], shown);
      invalidate(queryClient);
    },
  });
}

export function useDeleteGroup() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ uuid, revision }: GroupRowFragment) =>
      (await execute(DeleteGroup, { uuid, expectedRevision: revision })).deleteGroup,
    onSuccess: () => invalidate(queryClient),
  });
}

/** Campaigns are fetched again too, because they show the name of their group. */
function invalidate(queryClient: QueryClient): void {
  for (const subject of ['groups', 'group', 'group-details', 'group-options', 'campaigns', 'campaign', 'history']) {
    void queryClient.invalidateQueries({ queryKey: [subject] });
  }
}
