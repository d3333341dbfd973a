import { useQuery } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { graphql } from '../generated/index.ts';

const CampaignQuery = graphql(`
  query Campaign($uuid: UUID!) {
    campaign(uuid: $uuid) {
      ...CampaignRow
    }
  }
`);

/** The campaign with this UUID; null if there is none. */
export function useCampaign(uuid: string | undefined) {
  const execute = useExecute();
  return useQuery({
    queryKey: ['campaign', uuid],
    queryFn: async ({ signal }) => {
      if (uuid === undefined) return null;
      return (await execute(CampaignQuery, { uuid }, signal)).campaign ?? null;
    },
    enabled: uuid !== undefined,
  });
}
