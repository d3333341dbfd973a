import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useExecute } from '../../api/api-context.ts';
import { joinedErrors } from '../../api/input-error.ts';
import { RequestError } from '../../api/request-error.ts';
import { getFragmentData, graphql, makeFragmentData, type FragmentType } from '../../generated/index.ts';
import type { CampaignRowFragment, ItemErrorFragment } from '../../generated/graphql.ts';
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

/** The campaigns as they are now. They are asked for only after a conflict, which is rare, because they would cost the mutations much. */
const PresentCampaigns = graphql(`
  query PresentCampaigns($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Campaign {
        ...CampaignRow
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

  /** The campaigns that somebody else has changed, by their ids. */
  const present = async (ids: string[]) => {
    if (ids.length === 0) return new Map<string, CampaignRowFragment>();
    const refs = (await execute(PresentCampaigns, { ids })).nodes.flatMap((ref) => ref ?? []);
    showCampaigns(queryClient, refs);
    return new Map(refs.map((ref) => getFragmentData(CampaignRow, ref)).map((campaign) => [campaign.id, campaign]));
  };

  return async function change(changes): Promise<Outcome> {
    try {
      const send = changes.some(({ deleted }) => deleted) ? remove : update;
      const { changed, userErrors = [] } = await send(changes);
      if (changed) return { changed: getFragmentData(CampaignRow, changed) };
      const errors = errorsByChange(changes, userErrors);
      const conflicts = changes.filter((each) => errors.get(each)?.[0]?.code === 'CONFLICT');
      const theirs = await present(conflicts.map(({ campaign }) => campaign.id));
      const refusals = Array.from(errors, ([each, own]) => refusalOf(each, own, theirs.get(each.campaign.id)));
      const rest = changes.filter((each) => !errors.has(each));
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

/** The errors of each change that has some. Throws if none belongs to a change. */
function errorsByChange(
  changes: readonly CampaignChange[],
  userErrors: readonly FragmentType<typeof ItemError>[],
): Map<CampaignChange, readonly ItemErrorFragment[]> {
  const errors = getFragmentData(ItemError, userErrors);
  // The path of an error is campaigns, the place in the list, and the field.
  const own = changes.map((each, place) => [each, errors.filter(({ field }) => field?.[1] === String(place))] as const);
  const byChange = new Map(own.filter(([, some]) => some.length > 0));
  if (byChange.size > 0) return byChange;
  const message = joinedErrors('campaign', errors);
  throw new RequestError({ kind: 'failed', code: errors[0]?.code, message, requestId: undefined });
}

/** `isDone`: the campaign is already what it was to be. */
function refusalOf(
  change: CampaignChange,
  errors: readonly ItemErrorFragment[],
  theirs: CampaignRowFragment | undefined,
): Refusal & { isDone: boolean } {
  const code = errors[0]?.code;
  return {
    change,
    theirs,
    reason: code === 'CONFLICT' ? t('selection.changed') : joinedErrors('campaign', errors),
    isDone: theirs ? isAsWanted(theirs, change) : change.deleted === true && code === 'NOT_FOUND',
  };
}

/** Whether somebody else has made the campaign what the change was to make it. */
function isAsWanted(
  { archived, group }: CampaignRowFragment,
  { campaign, deleted, archived: wanted = campaign.archived, group: wantedGroup = campaign.group }: CampaignChange,
): boolean {
  return !deleted && archived === wanted && group.uuid === wantedGroup.uuid;
}
