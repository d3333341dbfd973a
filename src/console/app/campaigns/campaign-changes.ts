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
    onSuccess: (payload) => (payload?.campaign ? invalidate(queryClient) : undefined),
  });
}

export function useUpdateCampaign() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: UpdateCampaignInput) => (await execute(UpdateCampaign, { input })).updateCampaign,
    onSuccess: (payload) => {
      if (payload?.campaign) updateLists(queryClient, payload.campaign);
      invalidate(queryClient);
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
        updateEachList(queryClient, (list) => removeRow(list, id));
      }
      invalidate(queryClient);
    },
  });
}

/** Shows a changed campaign in all lists at once. Lists that no longer match its archived state lose the row. */
function updateLists(queryClient: QueryClient, ref: CampaignRef): void {
  const campaign = getFragmentData(CampaignRow, ref);
  queryClient.setQueryData(['campaign', campaign.uuid], ref);
  updateEachList(queryClient, (list, view) =>
    view.archived !== 'all' && (view.archived === 'only') !== campaign.archived
      ? removeRow(list, campaign.id)
      : replaceNode(list, campaign.id, ref),
  );
}

function updateEachList(
  queryClient: QueryClient,
  change: (list: LoadedList<CampaignRef>, view: CampaignView) => LoadedList<CampaignRef>,
): void {
  for (const [key, list] of queryClient.getQueriesData<LoadedList<CampaignRef>>({ queryKey: ['campaigns'] })) {
    if (list) queryClient.setQueryData(key, change(list, key[1] as CampaignView));
  }
}

/** Visible data is fetched again now, other data when it is shown next. */
function invalidate(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: ['campaigns'] });
  void queryClient.invalidateQueries({ queryKey: ['campaign'] });
  void queryClient.invalidateQueries({ queryKey: ['groups'] });
}
