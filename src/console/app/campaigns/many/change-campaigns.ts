import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useExecute } from '../../api/api-context.ts';
import { joinedErrors } from '../../api/input-error.ts';
import { RequestError } from '../../api/request-error.ts';
import { getFragmentData, graphql, type FragmentType } from '../../generated/index.ts';
import type { CampaignRowFragment, ItemErrorFragment } from '../../generated/graphql.ts';
import type { GroupOption } from '../../groups/use-group-options.ts';
import { t } from '../../language/language.ts';
import { invalidateCampaigns, removeCampaigns, showAtOnce, showCampaigns } from '../campaign-changes.ts';
import { CampaignRow, type CampaignRef } from '../campaign-row.ts';
import { afterOwnChanges, inTurn, isOnItsWay, noteOwnChange } from '../own-changes.ts';

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

/**
 * The present state of campaigns. It is fetched only after a conflict, which is rare. If the mutations asked for it, they would be
 * expensive.
 */
const PresentCampaigns = graphql(`
  query PresentCampaigns($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Campaign {
        ...CampaignRow
      }
    }
  }
`);

/** The change of one campaign. */
export interface CampaignChange {
  /** The campaign as the user knows it. If the server has a newer revision, no campaign is changed. */
  readonly campaign: CampaignRowFragment;
  readonly archived?: boolean;
  readonly group?: GroupOption;
  /** True deletes the campaign. In one call, either all changes delete or none does. */
  readonly deleted?: boolean;
}

/** Why one of the campaigns could not be changed. Then none of them was changed. */
export interface Refusal {
  readonly change: CampaignChange;
  /** The present campaign, if the reason is that somebody else has changed it. */
  readonly theirs: CampaignRowFragment | undefined;
  readonly reason: string;
}

export type Outcome =
  /** All changes are made. `changed` are the campaigns that were changed, without deleted ones. */
  | { readonly changed: readonly CampaignRowFragment[] }
  /** Nothing has been changed. `rest` are the changes that were not refused. */
  | { readonly refusals: readonly Refusal[]; readonly rest: readonly CampaignChange[] };

/**
 * Changes many campaigns: all of them, or none. Lists show updates before the server has answered, and take them back if it
 * refuses. If somebody else has already made the same change to a campaign, that campaign is skipped and the others are changed.
 */
export function useChangeCampaigns(): (changes: readonly CampaignChange[]) => Promise<Outcome> {
  const execute = useExecute();
  const queryClient = useQueryClient();

  const update = async (changes: readonly CampaignChange[]) => {
    const send = async () => {
      // Changes that were on their way until now may have been made to these campaigns.
      const present = forPresent(queryClient, changes);
      const campaigns = present.map(({ campaign, archived, group }) => ({
        ...expected(campaign),
        ...(archived !== undefined && { archived }),
        ...(group && { group: { uuid: group.uuid } }),
      }));
      const payload = (await execute(UpdateCampaigns, { campaigns })).updateCampaigns;
      const before = new Map(present.map(({ campaign }) => [campaign.uuid, campaign.revision]));
      for (const changed of getFragmentData(CampaignRow, payload?.campaigns ?? [])) {
        noteOwnChange(queryClient, changed, before.get(changed.uuid) ?? changed.revision);
      }
      return payload;
    };
    const takeBack = showAtOnce(
      queryClient,
      changes.map(({ campaign }) => campaign),
      changes.map(({ campaign, archived = campaign.archived, group = campaign.group }) => ({
        ...campaign,
        archived,
        group,
      })),
    );
    try {
      const payload = await inTurn(queryClient, uuidsOf(changes), send);
      // Later changes that are on their way are shown already.
      const isLast = (ref: CampaignRef) => !isOnItsWay(queryClient, getFragmentData(CampaignRow, ref).uuid);
      if (payload?.campaigns) showCampaigns(queryClient, payload.campaigns.filter(isLast));
      else takeBack();
      return { changed: payload?.campaigns, userErrors: payload?.userErrors };
    } catch (error) {
      takeBack();
      throw error;
    }
  };

  const remove = async (changes: readonly CampaignChange[]) => {
    const campaigns = changes.map(({ campaign }) => campaign);
    const payload = await inTurn(queryClient, uuidsOf(changes), async () => {
      const present = forPresent(queryClient, changes).map(({ campaign }) => expected(campaign));
      return (await execute(DeleteCampaigns, { campaigns: present })).deleteCampaigns;
    });
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

  return async function change(asked): Promise<Outcome> {
    const changes = forPresent(queryClient, asked);
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
      invalidateCampaigns(queryClient);
    }
  };
}

/** The same changes, of the campaigns as the user has left them since. */
function forPresent(queryClient: QueryClient, changes: readonly CampaignChange[]): CampaignChange[] {
  return changes.map((change) => ({ ...change, campaign: afterOwnChanges(queryClient, change.campaign) }));
}

function uuidsOf(changes: readonly CampaignChange[]): string[] {
  return changes.map(({ campaign }) => campaign.uuid);
}

/** A campaign in the mutation's input, with the revision that the user knows. */
function expected({ uuid, revision }: CampaignRowFragment): { uuid: string; expectedRevision: number } {
  return { uuid, expectedRevision: revision };
}

/** The errors of each change that has errors. Throws a RequestError if no error belongs to a change. */
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

/** `isDone` means that somebody else has already made the same change. */
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

/** Whether the campaign already has the values that the change would give it. */
function isAsWanted(
  { archived, group }: CampaignRowFragment,
  { campaign, deleted, archived: wanted = campaign.archived, group: wantedGroup = campaign.group }: CampaignChange,
): boolean {
  return !deleted && archived === wanted && group.uuid === wantedGroup.uuid;
}
