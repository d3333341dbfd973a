import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
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
  mutation RenameGroup($uuid: UUID!, $name: String!) {
    updateGroup(input: { uuid: $uuid, name: $name }) {
      group {
        ...GroupRow
      }
      userErrors {
        ...InputError
      }
    }
  }
`);

const DeleteGroup = graphql(`
  mutation DeleteGroup($uuid: UUID!) {
    deleteGroup(input: { uuid: $uuid }) {
      deletedGroupId
      userErrors {
        ...InputError
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
    mutationFn: async (input: { uuid: string; name: string }) => (await execute(RenameGroup, input)).updateGroup,
    onSuccess: () => invalidate(queryClient),
  });
}

export function useDeleteGroup() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: { uuid: string }) => (await execute(DeleteGroup, input)).deleteGroup,
    onSuccess: () => invalidate(queryClient),
  });
}

/** Campaigns are fetched again too, because they show the name of their group. */
function invalidate(queryClient: QueryClient): void {
  for (const subject of ['groups', 'group', 'group-options', 'campaigns', 'campaign']) {
    void queryClient.invalidateQueries({ queryKey: [subject] });
  }
}
