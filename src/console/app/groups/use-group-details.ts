import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { isUuid } from '../api/is-uuid.ts';
import { getFragmentData, graphql } from '../generated/index.ts';
import { findNode } from '../list/find-node.ts';
import { GroupRow, type GroupRef } from './group-row.ts';

const GroupDetailsQuery = graphql(`
  query GroupDetails($uuid: UUID!) {
    group(by: { uuid: $uuid }) {
      ...GroupRow
    }
  }
`);

/** The group with this UUID; null means that there is none. Until the server has answered, the data comes from a loaded list. */
export function useGroupDetails(uuid: string | undefined) {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: ['group-details', uuid],
    queryFn: async ({ signal }): Promise<GroupRef | null> => {
      if (!isUuid(uuid)) return null;
      return (await execute(GroupDetailsQuery, { uuid }, signal)).group ?? null;
    },
    enabled: uuid !== undefined,
    initialData: () => findNode<GroupRef>(queryClient, 'groups', (ref) => getFragmentData(GroupRow, ref).uuid === uuid),
    initialDataUpdatedAt: 0,
  });
}
