import { keepPreviousData, useQuery, type QueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { isUuid } from '../api/is-uuid.ts';
import { graphql } from '../generated/index.ts';

const GroupOptionsQuery = graphql(`
  query GroupOptions($search: String, $first: Int!) {
    groups(first: $first, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {
      nodes {
        uuid
        name
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

const GroupNameQuery = graphql(`
  query GroupName($uuid: UUID!) {
    group(by: { uuid: $uuid }) {
      uuid
      name
    }
  }
`);

export interface GroupOption {
  uuid: string;
  name: string;
}

/** Users do not read more options than this. They type a part of the name to find others. */
const MAX_OPTIONS = 50;

/** Groups that have the text in their name, ordered by name, and whether there are more. */
export function useGroupOptions(search: string, enabled: boolean) {
  const execute = useExecute();
  return useQuery({
    queryKey: ['group-options', search],
    queryFn: async ({ signal }) => {
      const variables = { search: search === '' ? null : search, first: MAX_OPTIONS };
      const { groups } = await execute(GroupOptionsQuery, variables, signal);
      return { options: groups.nodes, hasMore: groups.pageInfo.hasNextPage };
    },
    enabled,
    placeholderData: keepPreviousData,
  });
}

/** The group with this UUID, or null when there is none. */
export function useGroup(uuid: string | undefined) {
  const execute = useExecute();
  return useQuery({
    queryKey: ['group', uuid],
    queryFn: async ({ signal }) => {
      if (!isUuid(uuid)) return null;
      return (await execute(GroupNameQuery, { uuid }, signal)).group ?? null;
    },
    enabled: uuid !== undefined,
  });
}

/** Puts a known group into the cache, so that it is shown at once and not fetched. */
export function cacheGroup(queryClient: QueryClient, group: GroupOption): void {
  queryClient.setQueryData(['group', group.uuid], group);
}
