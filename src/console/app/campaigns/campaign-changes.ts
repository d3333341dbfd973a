import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { getFragmentData, graphql } from '../generated/index.ts';
import type { CreateCampaignInput, UpdateCampaignInput } from '../generated/graphql.ts';
import { removeRow, replaceNode, type LoadedList } from '../list/loaded-list.ts';
import { CampaignRow, type CampaignRef } from './campaign-row.ts';
import type { CampaignView } from './campaign-view.ts';

const CreateCampaign = graphql(`
  mutation CreateCampaign($input: CreateCampaignInput!) {
    createCampaign(input: $input) {
      campaign {
        ...CampaignRow
      }
      userErrors {
        ...InputError
      }
    }
  }
`);

const UpdateCampaign = graphql(`
  mutation UpdateCampaign($input: UpdateCampaignInput!) {
    updateCampaign(input: $input) {
      campaign {
        ...CampaignRow
      }
      userErrors {
        ...InputError
      }
    }
  }
`);

const DeleteCampaign = graphql(`
  mutation DeleteCampaign($uuid: UUID!) {
    deleteCampaign(input: { uuid: $uuid }) {
      deletedCampaignId
      userErrors {
        ...InputError
      }
    }
  }
`);

export function useCreateCampaign() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: CreateCampaignInput) => (await execute(CreateCampaign, { input })).createCampaign,
    onSuccess: (payload) => (payload?.campaign ? lookAnew(queryClient) : undefined),
  });
}

export function useUpdateCampaign() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: UpdateCampaignInput) => (await execute(UpdateCampaign, { input })).updateCampaign,
    onSuccess: (payload) => {
      if (payload?.campaign) showChanged(queryClient, payload.campaign);
      lookAnew(queryClient);
    },
  });
}

export function useDeleteCampaign() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ uuid }: { id: string; uuid: string }) =>
      (await execute(DeleteCampaign, { uuid })).deleteCampaign,
    onSuccess: (payload, { id, uuid }) => {
      if (payload?.deletedCampaignId) {
        queryClient.setQueryData(['campaign', uuid], null);
        eachList(queryClient, (list) => removeRow(list, id));
      }
      lookAnew(queryClient);
    },
  });
}

/** Shows a change in every list at once; a list that asks for the other archived state loses the row. */
function showChanged(queryClient: QueryClient, ref: CampaignRef): void {
  const campaign = getFragmentData(CampaignRow, ref);
  queryClient.setQueryData(['campaign', campaign.uuid], ref);
  eachList(queryClient, (list, view) =>
    view.archived !== 'all' && (view.archived === 'only') !== campaign.archived
      ? removeRow(list, campaign.id)
      : replaceNode(list, campaign.id, ref),
  );
}

function eachList(
  queryClient: QueryClient,
  change: (list: LoadedList<CampaignRef>, view: CampaignView) => LoadedList<CampaignRef>,
): void {
  for (const [key, list] of queryClient.getQueriesData<LoadedList<CampaignRef>>({ queryKey: ['campaigns'] })) {
    if (list) queryClient.setQueryData(key, change(list, key[1] as CampaignView));
  }
}

/** What is on the screen is asked for again; what is not, when it is next shown. */
function lookAnew(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: ['campaigns'] });
  void queryClient.invalidateQueries({ queryKey: ['campaign'] });
  void queryClient.invalidateQueries({ queryKey: ['groups'] });
}
