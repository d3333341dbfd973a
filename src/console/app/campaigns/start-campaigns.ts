import { getFragmentData, graphql, type FragmentType } from '../generated/index.ts';
import { connectionPage, FIRST_PAGE_SIZE, type Connection, type ConnectionPage } from '../list/loaded-list.ts';
import { startWith, type Start } from '../list/start.ts';
import type { CampaignRef } from './campaign-row.ts';
import { ORDERS, parseView, viewFilter, type CampaignView } from './campaign-view.ts';

// This file must import no library, because the first script of the page contains it.

export const CampaignsPage = graphql(`
  fragment CampaignsPage on CampaignConnection {
    edges {
      cursor
      node {
        id
        ...CampaignRow
      }
    }
  }
`);

const StartCampaigns = graphql(`
  query StartCampaigns($first: Int!, $filter: CampaignFilter, $orderBy: CampaignOrder) {
    viewer {
      ...ViewerFields
    }
    campaigns(first: $first, filter: $filter, orderBy: $orderBy) {
      ...CampaignsPage
      pageInfo {
        hasNextPage
      }
      totalCount
      changesCursor
    }
  }
`);

/** The list's key in the cache. */
export function campaignsKey(view: CampaignView): readonly [string, CampaignView] {
  return ['campaigns', view];
}

export function pageOf(
  connection: FragmentType<typeof CampaignsPage> & Omit<Connection<never>, 'edges'>,
): ConnectionPage<CampaignRef> {
  return connectionPage({ ...connection, ...getFragmentData(CampaignsPage, connection) });
}

/** The first request of the page of campaigns, for its query string. Undefined if the page does not begin at the start of the list. */
export function startCampaigns(query: string): Start | undefined {
  const view = parseView(new URLSearchParams(query));
  if (view.at !== undefined) return undefined;
  const variables = { first: FIRST_PAGE_SIZE, filter: viewFilter(view), orderBy: ORDERS[view.order].orderBy };
  return startWith(StartCampaigns, variables, campaignsKey(view), ({ viewer, campaigns }) => ({
    viewer,
    changesCursor: campaigns.changesCursor,
    page: pageOf(campaigns),
  }));
}
