import type { Campaign, CampaignState } from './campaign.ts';
import { archivedCampaign, groupDeleted, groupNotFound } from './campaign-errors.ts';
import type { GroupReference, GroupSummary } from './group.ts';
import type { Name } from './names.ts';
import { nameOf, parseName } from './names.ts';
import { changedCampaignFields } from './record-change.ts';
import type { Result, UserError } from './user-error.ts';
import { conflict, errorsOf, isOutdated, notFound } from './user-error.ts';

// The rules for changes of campaigns. They serve changes of one campaign and of many, and checks without a write. They read the
// workspace through CampaignLookups, and return an allowed change as a CampaignChange.

/** A change of one campaign that the rules allow. `before` is null for a new campaign, `after` for one that is deleted. */
export type CampaignChange =
  | { readonly before: null; readonly after: CampaignState; readonly name: Name }
  | { readonly before: Campaign; readonly after: CampaignState; readonly name: Name }
  | { readonly before: Campaign; readonly after: null };

/** The fields of a new campaign. */
export interface NewCampaign {
  readonly name: string;
  readonly group: GroupReference;
  readonly archived?: boolean | undefined;
}

/** New values for some fields of a campaign. */
export interface CampaignValues {
  readonly name?: string | undefined;
  readonly group?: GroupReference | undefined;
  readonly archived?: boolean | undefined;
  /** The campaign's revision as the caller has seen it. */
  readonly expectedRevision?: number | undefined;
}

/** What the rules look up in the workspace. */
export interface CampaignLookups {
  campaign(uuid: string): Promise<Campaign | null>;
  /** Why a campaign cannot have a valid name; null when it can. `except` is the campaign's id, undefined for a new one. */
  nameProblem(name: Name, except: number | undefined): Promise<UserError | null>;
  group(reference: GroupReference): Promise<GroupSummary | null>;
}

/** The creation of a campaign, or the errors of all its fields together. */
export async function judgeCreation(lookups: CampaignLookups, input: NewCampaign): Promise<Result<CampaignChange>> {
  const [name, group] = await Promise.all([checkName(lookups, input.name), checkGroup(lookups, input.group)]);
  if ('errors' in name || 'errors' in group) return { errors: errorsOf(name, group) };
  const after = { name: name.value.text, archived: input.archived ?? false, group: group.value };
  return { value: { before: null, after, name: name.value } };
}

/**
 * Returns the change of a campaign to the given values, or the errors of all of them together. An archived campaign must be restored
 * first, or in the same change. When `expectedRevision` is not the campaign's revision, the only error is CONFLICT. When the campaign
 * already has all the values, `after` is `before`.
 */
export async function judgeUpdate(
  lookups: CampaignLookups,
  uuid: string,
  values: CampaignValues,
): Promise<Result<CampaignChange & { readonly before: Campaign; readonly after: CampaignState }>> {
  const campaign = await lookups.campaign(uuid);
  if (!campaign) return { errors: [notFound('campaign', uuid)] };
  if (isOutdated(values.expectedRevision, campaign)) return { errors: [conflict(campaign, campaign.name)] };
  const archived = values.archived ?? campaign.archived;
  if (campaign.archived && archived && (values.name !== undefined || values.group)) {
    return { errors: [archivedCampaign(campaign)] };
  }
  const name =
    values.name === undefined ? { value: nameOf(campaign.name) } : await checkName(lookups, values.name, campaign.id);
  const restored = campaign.archived && !archived;
  const group = values.group
    ? await checkGroup(lookups, values.group)
    : restored
      ? await checkGroup(lookups, { uuid: campaign.group.uuid }, groupDeleted(campaign))
      : { value: campaign.group };
  if ('errors' in name || 'errors' in group) return { errors: errorsOf(name, group) };
  const after = { name: name.value.text, archived, group: group.value };
  const same = changedCampaignFields(campaign, after).length === 0;
  return { value: { before: campaign, after: same ? campaign : after, name: name.value } };
}

/** Returns the deletion of a campaign, archived or not. When `expectedRevision` is not the campaign's revision, the error is CONFLICT. */
export async function judgeDeletion(
  lookups: CampaignLookups,
  uuid: string,
  expectedRevision?: number,
): Promise<Result<CampaignChange & { readonly before: Campaign; readonly after: null }>> {
  const campaign = await lookups.campaign(uuid);
  if (!campaign) return { errors: [notFound('campaign', uuid)] };
  if (isOutdated(expectedRevision, campaign)) return { errors: [conflict(campaign, campaign.name)] };
  return { value: { before: campaign, after: null } };
}

/**
 * The errors of single fields of a new campaign, or of the one that `uuid` names. A missing field is not checked. An archived
 * campaign is always an error.
 */
export async function judgeFields(
  lookups: CampaignLookups,
  input: { uuid?: string | undefined; name?: string | undefined; group?: GroupReference | undefined },
): Promise<UserError[]> {
  const campaign = input.uuid === undefined ? null : await lookups.campaign(input.uuid);
  if (input.uuid !== undefined && !campaign) return [notFound('campaign', input.uuid)];
  if (campaign?.archived) return [archivedCampaign(campaign)];
  return errorsOf(
    ...(input.name === undefined ? [] : [await checkName(lookups, input.name, campaign?.id)]),
    ...(input.group ? [await checkGroup(lookups, input.group)] : []),
  );
}

async function checkName(lookups: CampaignLookups, input: string, except?: number): Promise<Result<Name>> {
  const parsed = parseName(input);
  if ('errors' in parsed) return parsed;
  const problem = await lookups.nameProblem(parsed.value, except);
  return problem ? { errors: [problem] } : parsed;
}

/** @param missing The error when there is no such group. */
async function checkGroup(
  lookups: CampaignLookups,
  reference: GroupReference,
  missing = groupNotFound(reference),
): Promise<Result<GroupSummary>> {
  const group = await lookups.group(reference);
  return group ? { value: group } : { errors: [missing] };
}
