import { useQueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import type { ListPlace } from '../generated/graphql.ts';
import { graphql } from '../generated/index.ts';
import { readFrom } from '../list/place.ts';
import { pageArguments, useLoadedList, type LoadedListControl } from '../list/use-loaded-list.ts';
import type { CampaignRef } from './campaign-row.ts';
import { isOnItsWay } from './own-changes.ts';
import { ORDERS, viewFilter, type CampaignView } from './campaign-view.ts';
import { campaignsKey, pageOf } from './start-campaigns.ts';

const CampaignsQuery = graphql(`
  query Campaigns(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $startAt: ListPlace
    $filter: CampaignFilter
    $orderBy: CampaignOrder
    $counted: Boolean!
    $backwards: Boolean!
  ) {
    campaigns(
      first: $first
      after: $after
      last: $last
      before: $before
      startAt: $startAt
      filter: $filter
      orderBy: $orderBy
    ) {
      ...CampaignsPage
      pageInfo {
        hasNextPage @skip(if: $backwards)
        hasPreviousPage @include(if: $backwards)
      }
      totalCount @include(if: $counted)
    }
  }
`);

export function useCampaigns(view: CampaignView): LoadedListControl<CampaignRef> {
  const execute = useExecute();
  const queryClient = useQueryClient();
  const { orderBy } = ORDERS[view.order];
  return useLoadedList<CampaignRef, ListPlace>(
    campaignsKey(view),
    async (request, signal) => {
      const variables = { ...pageArguments(request), startAt: request.startAt, filter: viewFilter(view), orderBy };
      const { campaigns } = await execute(CampaignsQuery, variables, signal);
      return pageOf(campaigns);
    },
    readFrom(view.at, orderBy),
    () => isOnItsWay(queryClient),
  );
}
