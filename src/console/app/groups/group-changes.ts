import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { conflictOf } from '../api/conflict-of.ts';
import { useChange } from '../api/use-change.ts';
import type { RenameGroupMutationVariables } from '../generated/graphql.ts';
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

/** The first parts of the keys of the data that a change of a group changes: campaigns too, because they show the name of their group. */
const SUBJECTS = ['groups', 'group', 'group-details', 'group-options', 'campaigns', 'campaign', 'history'];

export const useCreateGroup = () => useChange(CreateGroup, 'createGroup', SUBJECTS);

export const useDeleteGroup = () => useChange(DeleteGroup, 'deleteGroup', SUBJECTS);

export function useRenameGroup() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: RenameGroupMutationVariables) => (await execute(RenameGroup, input)).updateGroup,
    onSuccess: (payload, { uuid }) => {
      const shown = payload?.group ?? conflictOf(payload?.userErrors ?? []);
      if (shown) queryClient.setQueryData(['group-details', uuid], shown);
      for (const subject of SUBJECTS) void queryClient.invalidateQueries({ queryKey: [subject] });
    },
  });
}
