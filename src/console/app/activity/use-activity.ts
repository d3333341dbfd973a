import { useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { graphql, type FragmentType } from '../generated/index.ts';
import { useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';
import { activityFilter, type ActivityView } from './activity-view.ts';

/** A change, and its object as it is now. */
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
  query Activity($last: Int!, $before: String, $filter: ChangeFilter, $counted: Boolean!) {
    changes(last: $last, before: $before, filter: $filter) {
      edges {
        cursor
        node {
          id
          ...ActivityRow
        }
      }
      pageInfo {
        hasPreviousPage
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

/** The e-mail addresses of those who made the last changes, in their order. */
export function useActivityPeople(): string[] {
  const execute = useExecute();
  const query = useQuery({
    queryKey: ['activity-people'],
    queryFn: async ({ signal }) => (await execute(ActivityPeopleQuery, {}, signal)).changes.nodes,
  });
  const emails = query.data?.flatMap(({ actor }) => (actor ? [actor.email] : [])) ?? [];
  return [...new Set(emails)].toSorted();
}

/** The changes of the workspace, newest first. The feed itself is oldest first, so it is read from its end. */
export function useActivity(view: ActivityView): LoadedListControl<ActivityRef> {
  const execute = useExecute();
  return useLoadedList<ActivityRef>(['activity', view], async ({ first, after, counted }, signal) => {
    const filter = activityFilter(view);
    const { changes } = await execute(ActivityQuery, { last: first, before: after, filter, counted }, signal);
    return {
      rows: changes.edges.map(({ cursor, node }) => ({ id: node.id, cursor, node })).toReversed(),
      hasNextPage: changes.pageInfo.hasPreviousPage,
      totalCount: changes.totalCount,
    };
  });
}
