import { useExecute } from '../api/api-context.ts';
import type { ListPlace } from '../generated/graphql.ts';
import { graphql } from '../generated/index.ts';
import { readFrom } from '../list/place.ts';
import { pageArguments, useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';
import type { GroupRef } from './group-row.ts';
import { groupsKey, pageOf, type GroupsView } from './start-groups.ts';

const GroupsQuery = graphql(`
  query Groups(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $startAt: ListPlace
    $search: String
    $counted: Boolean!
    $backwards: Boolean!
  ) {
    groups(
      first: $first
      after: $after
      last: $last
      before: $before
      startAt: $startAt
      filter: { search: $search }
      orderBy: { field: NAME, direction: ASC }
    ) {
      ...GroupsPage
      pageInfo {
        hasNextPage @skip(if: $backwards)
        hasPreviousPage @include(if: $backwards)
      }
      totalCount @include(if: $counted)
    }
  }
`);

/** The groups of the workspace, ordered by name. */
export function useGroups({ search, at }: GroupsView): LoadedListControl<GroupRef> {
  const execute = useExecute();
  return useLoadedList<GroupRef, ListPlace>(
    groupsKey(search),
    async (request, signal) => {
      const { groups } = await execute(
        GroupsQuery,
        { ...pageArguments(request), startAt: request.startAt, search },
        signal,
      );
      return pageOf(groups);
    },
    readFrom(at, { field: 'NAME', direction: 'ASC' }),
  );
}
