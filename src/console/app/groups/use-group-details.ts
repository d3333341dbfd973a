import { useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { graphql } from '../generated/index.ts';

const GroupDetailsQuery = graphql(`
  query GroupDetails($uuid: UUID!) {
    group(by: { uuid: $uuid }) {
      ...GroupRow
    }
  }
`);

/** The group with this UUID; null if there is none. */
export function useGroupDetails(uuid: string | undefined) {
  const execute = useExecute();
  return useQuery({
    queryKey: ['group-details', uuid],
    queryFn: async ({ signal }) => {
      if (uuid === undefined) return null;
      return (await execute(GroupDetailsQuery, { uuid }, signal)).group ?? null;
    },
    enabled: uuid !== undefined,
  });
}
