import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useExecute } from '../../api/api-context.ts';
import { joinedErrors } from '../../api/input-error.ts';
import { RequestError } from '../../api/request-error.ts';
import { getFragmentData, graphql, makeFragmentData, type FragmentType } from '../../generated/index.ts';
import type { CampaignRowFragment } from '../../generated/graphql.ts';
import type { GroupOption } from '../../groups/use-group-options.ts';
import { t } from '../../language/language.ts';
import type { LoadedList } from '../../list/loaded-list.ts';
import { invalidate, removeCampaigns, showCampaigns } from '../campaign-changes.ts';
import { CampaignRow, type CampaignRef } from '../campaign-row.ts';

const ItemError = graphql(`
  fragment ItemError on UserError {
    ...InputError
    field
    code
    current {
      ... on Campaign {
        ...CampaignRow
      }
    }
  }
`);

const UpdateCampaigns = graphql(`
  mutation UpdateCampaigns($campaigns: [CampaignChanges!]!) {
    updateCampaigns(input: { campaigns: $campaigns }) {
      campaigns {
        ...CampaignRow
      }
      userErrors {
        ...ItemError
      }
    }
  }
`);

const DeleteCampaigns = graphql(`
  mutation DeleteCampaigns($campaigns: [CampaignToDelete!]!) {
    deleteCampaigns(input: { campaigns: $campaigns }) {
      deletedCampaignIds
      userErrors {
        ...ItemError
      }
    }
  }
`);

/** What one of the campaigns is to be. */
export interface CampaignChange {
  /** The campaign as the person knows it. If it is something else by now, nothing is changed. */
  readonly campaign: CampaignRowFragment;
  readonly archived?: boolean;
  readonly group?: GroupOption;
  /** All changes of one list delete, or none does. */
  readonly deleted?: boolean;
}

/** Why one of the campaigns was not changed, so that none was. */
export interface Refusal {
  readonly change: CampaignChange;
  /** The campaign as somebody else has left it, if that is the reason. */
  readonly theirs: CampaignRowFragment | undefined;
  readonly reason: string;
}

export type Outcome =
  /** All is as it was to be. `changed` are the campaigns that were changed, without deleted ones. */
  | { readonly changed: readonly CampaignRowFragment[] }
  /** Nothing has been changed. `rest` are the changes that were not refused. */
  | { readonly refusals: readonly Refusal[]; readonly rest: readonly CampaignChange[] };

/**
 * Changes many campaigns: all of them, or none. Lists show the changes before the server has answered, and take them back if it
 * refuses. What somebody else has done in the same way meanwhile is no reason to refuse.
 */
export function useChangeCampaigns(): (changes: readonly CampaignChange[]) => Promise<Outcome> {
  const execute = useExecute();
  const queryClient = useQueryClient();

  const update = async (changes: readonly CampaignChange[]) => {
    const campaigns = changes.map(({ campaign, archived, group }) => ({
      ...expected(campaign),
      ...(archived !== undefined && { archived }),
      ...(group && { group: { uuid: group.uuid } }),
    }));
    const takeBack = showAtOnce(queryClient, changes);
    try {
      const payload = (await execute(UpdateCampaigns, { campaigns })).updateCampaigns;
      if (payload?.campaigns) showCampaigns(queryClient, payload.campaigns);
      else takeBack();
      return { changed: payload?.campaigns, userErrors: payload?.userErrors };
    } catch (error) {
      takeBack();
      throw error;
    }
  };

  const remove = async (changes: readonly CampaignChange[]) => {
    const campaigns = changes.map(({ campaign }) => campaign);
    const payload = (await execute(DeleteCampaigns, { campaigns: campaigns.map(expected) })).deleteCampaigns;
    if (payload?.deletedCampaignIds) removeCampaigns(queryClient, campaigns);
    return { changed: payload?.deletedCampaignIds && [], userErrors: payload?.userErrors };
  };

  return async function change(changes): Promise<Outcome> {
    try {
      const send = changes.some(({ deleted }) => deleted) ? remove : update;
      const { changed, userErrors = [] } = await send(changes);
      if (changed) return { changed: getFragmentData(CampaignRow, changed) };
      const refusals = refusalsOf(changes, userErrors);
      showCampaigns(
        queryClient,
        refusals.flatMap(({ ref }) => ref ?? []),
      );
      const refused = new Set(refusals.map((refusal) => refusal.change));
      const rest = changes.filter((each) => !refused.has(each));
      const open = refusals.filter((refusal) => !refusal.isDone);
      if (open.length > 0) return { refusals: open, rest };
      return rest.length > 0 ? await change(rest) : { changed: [] };
    } finally {
      invalidate(queryClient);
    }
  };
}

/** A campaign of the input: it must be what the person knows. */
function expected({ uuid, revision }: CampaignRowFragment): { uuid: string; expectedRevision: number } {
  return { uuid, expectedRevision: revision };
}

/** Returns the function that shows the campaigns as they were before. */
function showAtOnce(queryClient: QueryClient, changes: readonly CampaignChange[]): () => void {
  // What is on its way was read before the change.
  void queryClient.cancelQueries({ queryKey: ['campaigns'] });
  const lists = queryClient.getQueriesData<LoadedList<CampaignRef>>({ queryKey: ['campaigns'] });
  showCampaigns(
    queryClient,
    changes.map(({ campaign, archived = campaign.archived, group = campaign.group }) =>
      makeFragmentData({ ...campaign, archived, group }, CampaignRow),
    ),
  );
  return () => {
    for (const { campaign } of changes) queryClient.setQueryData(['campaign', campaign.uuid], campaign);
    for (const [key, list] of lists) queryClient.setQueryData(key, list);
  };
}

/** The errors of each campaign. Throws if an error belongs to none of them. */
function refusalsOf(
  changes: readonly CampaignChange[],
  userErrors: readonly FragmentType<typeof ItemError>[],
): (Refusal & { ref: CampaignRef | undefined; isDone: boolean })[] {
  const errors = getFragmentData(ItemError, userErrors);
  const refusals = changes.flatMap((change, place) => {
    const own = errors.filter(({ field }) => field?.[1] === String(place));
    if (own.length === 0) return [];
    const ref = own.find(({ code }) => code === 'CONFLICT')?.current ?? undefined;
    const theirs = getFragmentData(CampaignRow, ref);
    const reason = theirs ? t('selection.changed') : joinedErrors('campaign', own);
    const isDone = theirs ? isAsWanted(theirs, change) : change.deleted === true && own[0]?.code === 'NOT_FOUND';
    return [{ change, ref, theirs, reason, isDone }];
  });
  if (refusals.length > 0) return refusals;
  throw new RequestError({
    kind: 'failed',
    code: errors[0]?.code,
    message: joinedErrors('campaign', errors),
    requestId: undefined,
  });
}

/** Whether somebody else has made the campaign what the change was to make it. */
function isAsWanted(
  { archived, group }: CampaignRowFragment,
  { campaign, deleted, archived: wanted = campaign.archived, group: wantedGroup = campaign.group }: CampaignChange,
): boolean {
  return !deleted && archived === wanted && group.uuid === wantedGroup.uuid;
}
