import { useExecute } from '../api/api-context.ts';
import { graphql, type FragmentType } from '../generated/index.ts';
import { useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';

export const MemberRow = graphql(`
  fragment MemberRow on Member {
    uuid
    email
    role
    active
    createdOn
    revision
  }
`);

export type MemberRef = FragmentType<typeof MemberRow>;

const MembersQuery = graphql(`
  query Members($first: Int!, $after: String, $counted: Boolean!) {
    members(first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          ...MemberRow
        }
      }
      pageInfo {
        hasNextPage
      }
      totalCount @include(if: $counted)
    }
  }
`);

/** The members of the workspace, ordered by e-mail address. */
export function useMembers(): LoadedListControl<MemberRef> {
  const execute = useExecute();
  return useLoadedList<MemberRef>(['members'], async (request, signal) => {
    const { members } = await execute(MembersQuery, request, signal);
    return {
      rows: members.edges.map(({ cursor, node }) => ({ id: node.id, cursor, node })),
      hasNextPage: members.pageInfo.hasNextPage,
      totalCount: members.totalCount,
    };
  });
}
