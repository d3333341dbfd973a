import { useExecute } from '../api/api-context.ts';
import { graphql } from '../generated/index.ts';
import { useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';
import type { GroupRef } from './group-row.ts';

const GroupsQuery = graphql(`
  query Groups($first: Int!, $after: String, $search: String, $counted: Boolean!) {
    groups(first: $first, after: $after, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {
      edges {
        cursor
        node {
          id
          ...GroupRow
        }
      }
      pageInfo {
        hasNextPage
      }
      totalCount @include(if: $counted)
    }
  }
`);

/** The groups of the workspace, ordered by name. */
export function useGroups(search: string): LoadedListControl<GroupRef> {
  const execute = useExecute();
  return useLoadedList<GroupRef>(['groups', search], async (request, signal) => {
    const { groups } = await execute(GroupsQuery, { ...request, search: search === '' ? null : search }, signal);
    return {
      rows: groups.edges.map(({ cursor, node }) => ({ id: node.id, cursor, node })),
      hasNextPage: groups.pageInfo.hasNextPage,
      totalCount: groups.totalCount,
    };
  });
}
