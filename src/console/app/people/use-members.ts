import { useExecute } from '../api/api-context.ts';
import { graphql, type FragmentType } from '../generated/index.ts';
import { connectionPage, type ReadFrom } from '../list/loaded-list.ts';
import { pageArguments, useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';

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

type MemberRef = FragmentType<typeof MemberRow>;

const MembersQuery = graphql(`
  query Members(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $search: String
    $counted: Boolean!
    $backwards: Boolean!
  ) {
    members(first: $first, after: $after, last: $last, before: $before, filter: { search: $search }) {
      edges {
        cursor
        node {
          id
          ...MemberRow
        }
      }
      pageInfo {
        hasNextPage @skip(if: $backwards)
        hasPreviousPage @include(if: $backwards)
      }
      totalCount @include(if: $counted)
    }
  }
`);

/** The members of the workspace whose e-mail addresses have the words of the search, ordered by e-mail address. */
export function useMembers(search: string, readFrom: ReadFrom<never>): LoadedListControl<MemberRef> {
  const execute = useExecute();
  return useLoadedList<MemberRef>(
    ['members', search],
    async (request, signal) => {
      const { members } = await execute(MembersQuery, { ...pageArguments(request), search }, signal);
      return connectionPage(members);
    },
    readFrom,
  );
}
