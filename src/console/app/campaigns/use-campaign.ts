import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { isUuid } from '../api/is-uuid.ts';
import { getFragmentData, graphql } from '../generated/index.ts';
import { findNode } from '../list/find-node.ts';
import { CampaignRow, type CampaignRef } from './campaign-row.ts';
import { isOnItsWay } from './own-changes.ts';

const CampaignQuery = graphql(`
  query Campaign($uuid: UUID!) {
    campaign(uuid: $uuid) {
      ...CampaignRow
    }
  }
`);

/** The campaign with this UUID; null means that there is none. Until the server has answered, the data comes from a loaded list. */
export function useCampaign(uuid: string | undefined) {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: ['campaign', uuid],
    queryFn: async ({ signal }): Promise<CampaignRef | null> => {
      if (!isUuid(uuid)) return null;
      const campaign = (await execute(CampaignQuery, { uuid }, signal)).campaign ?? null;
      // The answer may be without a change that is shown already. After the change it is asked for again.
      return (isOnItsWay(queryClient, uuid) && queryClient.getQueryData<CampaignRef>(['campaign', uuid])) || campaign;
    },
    enabled: uuid !== undefined,
    initialData: () =>
      findNode<CampaignRef>(queryClient, 'campaigns', (ref) => getFragmentData(CampaignRow, ref).uuid === uuid),
    initialDataUpdatedAt: 0,
  });
}
