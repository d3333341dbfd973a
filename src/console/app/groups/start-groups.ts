import { getFragmentData, graphql, type FragmentType } from '../generated/index.ts';
import { connectionPage, FIRST_PAGE_SIZE, type Connection, type ConnectionPage } from '../list/loaded-list.ts';
import { startWith, type Start } from '../list/start.ts';
import type { GroupRef } from './group-row.ts';

// This file must import no library, because the first script of the page contains it.

export const GroupsPage = graphql(`
  fragment GroupsPage on GroupConnection {
    edges {
      cursor
      node {
        id
        ...GroupRow
      }
    }
  }
`);

const StartGroups = graphql(`
  query StartGroups($first: Int!, $search: String) {
    viewer {
      ...ViewerFields
    }
    groups(first: $first, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {
      ...GroupsPage
      pageInfo {
        hasNextPage
      }
      totalCount
      changesCursor
    }
  }
`);

/** Which groups the list shows. It is kept in the address. */
export interface GroupsView {
  search: string;
  /** Where in the list to begin: see list/place.ts. */
  at: string | undefined;
}

export function parseGroupsView(parameters: URLSearchParams): GroupsView {
  return { search: parameters.get('q') ?? '', at: parameters.get('at') ?? undefined };
}

/** The list's key in the cache. */
export function groupsKey(search: string): readonly [string, string] {
  return ['groups', search];
}

export function pageOf(
  connection: FragmentType<typeof GroupsPage> & Omit<Connection<never>, 'edges'>,
): ConnectionPage<GroupRef> {
  return connectionPage({ ...connection, ...getFragmentData(GroupsPage, connection) });
}

/** The first request of the page of groups, for its query string. Undefined if the page does not begin at the start of the list. */
export function startGroups(query: string): Start | undefined {
  const { search, at } = parseGroupsView(new URLSearchParams(query));
  if (at !== undefined) return undefined;
  const variables = { first: FIRST_PAGE_SIZE, search };
  return startWith(StartGroups, variables, groupsKey(search), ({ viewer, groups }) => ({
    viewer,
    changesCursor: groups.changesCursor,
    page: pageOf(groups),
  }));
}
