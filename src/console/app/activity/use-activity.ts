import { useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { graphql, type FragmentType } from '../generated/index.ts';
import { connectionPage, type ReadFrom } from '../list/loaded-list.ts';
import { useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';
import { activityFilter, type ActivityView } from './activity-view.ts';

/** A change, and the present state of the object that was changed. */
export const ActivityRow = graphql(`
  fragment ActivityRow on Change {
    ...ChangeEntry
    at
    subjectType
    subject {
      ... on Campaign {
        uuid
        name
      }
      ... on Group {
        uuid
        name
      }
      ... on Member {
        email
      }
      ... on ApiToken {
        tokenName: name
      }
    }
  }
`);

export type ActivityRef = FragmentType<typeof ActivityRow>;

const ActivityQuery = graphql(`
  query Activity(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $filter: ChangeFilter
    $counted: Boolean!
    $backwards: Boolean!
  ) {
    changes(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      edges {
        cursor
        node {
          id
          ...ActivityRow
        }
      }
      pageInfo {
        hasNextPage @include(if: $backwards)
        hasPreviousPage @skip(if: $backwards)
      }
      totalCount @include(if: $counted)
    }
  }
`);

const ActivityPeopleQuery = graphql(`
  query ActivityPeople {
    changes(last: 250) {
      nodes {
        actor {
          email
        }
      }
    }
  }
`);

/** The e-mail addresses of the people who made the last 250 changes, in alphabetical order. */
export function useActivityPeople(): string[] {
  const execute = useExecute();
  const query = useQuery({
    queryKey: ['activity-people'],
    queryFn: async ({ signal }) => (await execute(ActivityPeopleQuery, {}, signal)).changes.nodes,
  });
  const emails = query.data?.flatMap(({ actor }) => (actor ? [actor.email] : [])) ?? [];
  return [...new Set(emails)].sort();
}

/** The changes of the workspace, newest first. The feed itself is oldest first, so it is read from its end. */
export function useActivity(view: ActivityView, readFrom: ReadFrom<never>): LoadedListControl<ActivityRef> {
  const execute = useExecute();
  return useLoadedList<ActivityRef>(
    ['activity', view],
    async ({ backwards, size, cursor, counted }, signal) => {
      const way = backwards ? { first: size, after: cursor } : { last: size, before: cursor };
      const variables = { ...way, filter: activityFilter(view), counted, backwards };
      const { changes } = await execute(ActivityQuery, variables, signal);
      return connectionPage({ ...changes, edges: [...changes.edges].reverse() });
    },
    readFrom,
  );
}
