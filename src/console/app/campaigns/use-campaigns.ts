import { useExecute } from '../api/api-context.ts';
import { graphql } from '../generated/index.ts';
import { useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';
import type { CampaignRef } from './campaign-row.ts';
import { ORDERS, viewFilter, type CampaignView } from './campaign-view.ts';

const CampaignsQuery = graphql(`
  query Campaigns($first: Int!, $after: String, $filter: CampaignFilter, $orderBy: CampaignOrder, $counted: Boolean!) {
    campaigns(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      edges {
        cursor
        node {
          id
          ...CampaignRow
        }
      }
      pageInfo {
        hasNextPage
      }
      totalCount @include(if: $counted)
    }
  }
`);

export function useCampaigns(view: CampaignView): LoadedListControl<CampaignRef> {
  const execute = useExecute();
  return useLoadedList<CampaignRef>(['campaigns', view], async (request, signal) => {
    const variables = { ...request, filter: viewFilter(view), orderBy: ORDERS[view.order].orderBy };
    const { campaigns } = await execute(CampaignsQuery, variables, signal);
    return {
      rows: campaigns.edges.map(({ cursor, node }) => ({ id: node.id, cursor, node })),
      hasNextPage: campaigns.pageInfo.hasNextPage,
      totalCount: campaigns.totalCount,
    };
  });
}
