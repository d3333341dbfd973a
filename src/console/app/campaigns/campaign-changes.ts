import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import { conflictOf } from '../api/conflict-of.ts';
import { getFragmentData, graphql, makeFragmentData } from '../generated/index.ts';
import type { CampaignRowFragment, CreateCampaignInput, UpdateCampaignInput } from '../generated/graphql.ts';
import { replaceNodes, type LoadedList } from '../list/loaded-list.ts';
import { CampaignRow, type CampaignRef } from './campaign-row.ts';
import type { CampaignView } from './campaign-view.ts';
import { afterOwnChanges, inTurn, isOnItsWay, noteOwnChange } from './own-changes.ts';

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
        code
        current {
          ... on Campaign {
            ...CampaignRow
          }
        }
      }
    }
  }
`);

const DeleteCampaign = graphql(`
  mutation DeleteCampaign($uuid: UUID!, $expectedRevision: Int) {
    deleteCampaign(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {
      deletedCampaignId
      userErrors {
        ...InputError
        code
        current {
          ... on Campaign {
            ...CampaignRow
          }
        }
      }
    }
  }
`);

export function useCreateCampaign() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: CreateCampaignInput) => (await execute(CreateCampaign, { input })).createCampaign,
    onSuccess: (payload) => (payload?.campaign ? invalidateCampaigns(queryClient) : undefined),
  });
}

/** What an update changes. Fields that are missing stay as they are. */
interface CampaignUpdate extends Pick<UpdateCampaignInput, 'name' | 'group' | 'archived'> {
  /** The campaign as the user knows it. */
  readonly campaign: CampaignRowFragment;
}

export function useUpdateCampaign() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ campaign, ...fields }: CampaignUpdate) =>
      inTurn(queryClient, [campaign.uuid], async () => {
        const { uuid, revision } = afterOwnChanges(queryClient, campaign);
        const input = { ...fields, uuid, expectedRevision: revision };
        const payload = (await execute(UpdateCampaign, { input })).updateCampaign;
        const changed = getFragmentData(CampaignRow, payload?.campaign);
        if (changed) noteOwnChange(queryClient, changed, revision);
        return payload;
      }),
    onSuccess: (payload, { campaign: { uuid } }) => {
      const shown = payload?.campaign ?? conflictOf(payload?.userErrors ?? []);
      // A later change that is on its way is shown already.
      if (shown && !isOnItsWay(queryClient, uuid)) showCampaigns(queryClient, [shown]);
    },
    onSettled: () => invalidateCampaigns(queryClient),
  });
}

export function useDeleteCampaign() {
  const execute = useExecute();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (campaign: CampaignRowFragment) =>
      inTurn(queryClient, [campaign.uuid], async () => {
        const { uuid, revision } = afterOwnChanges(queryClient, campaign);
        return (await execute(DeleteCampaign, { uuid, expectedRevision: revision })).deleteCampaign;
      }),
    onSuccess: (payload, { id, uuid }) => {
      const conflict = conflictOf(payload?.userErrors ?? []);
      if (conflict) showCampaigns(queryClient, [conflict]);
      if (payload?.deletedCampaignId) removeCampaigns(queryClient, [{ id, uuid }]);
    },
    onSettled: () => invalidateCampaigns(queryClient),
  });
}

/** Shows changed campaigns in all lists at once. A campaign that no longer matches the filter of a list is removed from it. */
export function showCampaigns(queryClient: QueryClient, refs: readonly CampaignRef[]): void {
  const campaigns = refs.map((ref) => ({ ref, ...getFragmentData(CampaignRow, ref) }));
  for (const { ref, uuid } of campaigns) queryClient.setQueryData(['campaign', uuid], ref);
  replaceInLists(
    queryClient,
    (view) => new Map(campaigns.map((campaign) => [campaign.id, belongsTo(view, campaign) ? campaign.ref : null])),
  );
}

/** What was shown before a change that was taken back while a later change was shown on top of it. */
const takenBack = new WeakMap<object, object>();

/**
 * Shows changes of campaigns before the server has answered. Returns a function that takes them back, except where newer data is shown
 * by then.
 */
export function showAtOnce(
  queryClient: QueryClient,
  campaigns: readonly CampaignRowFragment[],
  changed: readonly CampaignRowFragment[],
): () => void {
  const lists = { queryKey: ['campaigns'] };
  // Responses to requests from before the change would show the old state again.
  void queryClient.cancelQueries(lists);
  void queryClient.cancelQueries({ queryKey: ['campaign'] });
  const before = [
    ...queryClient.getQueriesData<object>(lists),
    ...campaigns.map((campaign) => [['campaign', campaign.uuid], makeFragmentData(campaign, CampaignRow)] as const),
  ];
  showCampaigns(
    queryClient,
    changed.map((campaign) => makeFragmentData(campaign, CampaignRow)),
  );
  const shown = before.map(([key, old]) => ({ key, old, changed: queryClient.getQueryData<object>(key) }));
  return () => {
    for (const { key, old, changed } of shown) {
      if (queryClient.getQueryData(key) !== changed) {
        if (changed && old) takenBack.set(changed, old);
        continue;
      }
      let present = old;
      while (present && takenBack.has(present)) present = takenBack.get(present);
      queryClient.setQueryData(key, present);
    }
    invalidateCampaigns(queryClient);
  };
}

/** Takes deleted campaigns out of all lists at once. */
export function removeCampaigns(queryClient: QueryClient, campaigns: readonly { id: string; uuid: string }[]): void {
  for (const { uuid } of campaigns) queryClient.setQueryData(['campaign', uuid], null);
  replaceInLists(queryClient, () => new Map(campaigns.map(({ id }) => [id, null])));
}

/** Whether the campaign matches the filters of the list. The search is ignored, because only the server knows what it finds. */
function belongsTo({ archived, group }: CampaignView, campaign: CampaignRowFragment): boolean {
  return (
    (archived === 'all' || (archived === 'only') === campaign.archived) &&
    (group === undefined || group === campaign.group.uuid)
  );
}

function replaceInLists(
  queryClient: QueryClient,
  nodesFor: (view: CampaignView) => ReadonlyMap<string, CampaignRef | null>,
): void {
  for (const [key, list] of queryClient.getQueriesData<LoadedList<CampaignRef>>({ queryKey: ['campaigns'] })) {
    if (list) queryClient.setQueryData(key, replaceNodes(list, nodesFor(key[1] as CampaignView)));
  }
}

/** Visible data is fetched again now, other data when it is shown next. */
export function invalidateCampaigns(queryClient: QueryClient): void {
  for (const subject of ['campaigns', 'campaign', 'groups', 'history']) {
    void queryClient.invalidateQueries({ queryKey: [subject] });
  }
}
