import type { Author, ChangeRecorder } from '../database/database.ts';
import type { ChangeAction, ChangedType } from '../database/tables.ts';
import type { ApiToken } from './api-token.ts';
import type { CampaignState } from './campaign.ts';
import type { ChangedField, FieldValue } from './change.ts';
import type { Group } from './group.ts';
import type { Member } from './member.ts';
import { formatTime, now } from './time.ts';

/** An object before and after a change. null: there was none before, or there is none after. */
export interface Transition<State> {
  readonly uuid: string;
  readonly before: State | null;
  readonly after: State | null;
}

type GroupState = Pick<Group, 'name' | 'query' | 'status' | 'system' | 'contactCount'>;
type MemberState = Pick<Member, 'email' | 'role'>;
type ApiTokenState = Pick<ApiToken, 'name' | 'email' | 'maxRole' | 'expiresOn'>;
type FieldValues = Readonly<Record<string, FieldValue>>;

/** The fields in which two states of a campaign differ. None: a change from one to the other is no change. */
export function changedCampaignFields(before: CampaignState, after: CampaignState): ChangedField[] {
  return changedFields(campaignFields(before), campaignFields(after));
}

function campaignFields({ name, group, archived }: CampaignState) {
  return {
    name,
    group: { uuid: group.uuid, name: group.name },
    archived,
  } satisfies Record<keyof CampaignState, FieldValue>;
}

/**
 * Records the change of a campaign in the transaction that makes it. Returns the change's revision, which the campaign's row
 * must get.
 */
export function recordCampaign(
  recorder: ChangeRecorder,
  author: Author,
  { uuid, before, after }: Transition<CampaignState>,
): Promise<number> {
  const changed = { uuid, before: before && campaignFields(before), after: after && campaignFields(after) };
  const archiving = before && after && before.archived !== after.archived;
  return record(
    recorder,
    author,
    'Campaign',
    changed,
    archiving ? (after.archived ? 'archived' : 'restored') : 'updated',
  );
}

/** Records the change of a group in the transaction that makes it. Returns the change's revision, which the group's row must get. */
export function recordGroup(
  recorder: ChangeRecorder,
  author: Author,
  { uuid, before, after }: Transition<GroupState>,
): Promise<number> {
  const fields = ({ name, query, status, system, contactCount }: GroupState): FieldValues => ({
    name,
    query,
    status,
    system,
    contactCount,
  });
  return record(
    recorder,
    author,
    'Group',
    { uuid, before: before && fields(before), after: after && fields(after) },
    'updated',
  );
}

/** Records the change of a member in the transaction that makes it. Returns the change's revision, which the member's row must get. */
export function recordMember(
  recorder: ChangeRecorder,
  author: Author,
  { uuid, before, after }: Transition<MemberState>,
): Promise<number> {
  const fields = ({ email, role }: MemberState): FieldValues => ({ email, role });
  const changed = { uuid, before: before && fields(before), after: after && fields(after) };
  return record(recorder, author, 'Member', changed, 'updated');
}

/**
 * Records that a token was created or revoked, in the transaction that does it. Returns the change's revision, which the token's
 * row must get. `owner` tells who may see the fields: see `visibleFields`.
 */
export function recordApiToken(
  recorder: ChangeRecorder,
  author: Author,
  { uuid, before, after }: Transition<ApiTokenState>,
): Promise<number> {
  const fields = ({ name, email, maxRole, expiresOn }: ApiTokenState): FieldValues => ({
    name,
    owner: email,
    maxRole,
    expiresOn: expiresOn === null ? null : formatTime(expiresOn),
  });
  const changed = { uuid, before: before && fields(before), after: after && fields(after) };
  return record(recorder, author, 'ApiToken', changed, 'updated');
}

function record(
  recorder: ChangeRecorder,
  author: Author,
  type: ChangedType,
  { uuid, before, after }: Transition<FieldValues>,
  action: ChangeAction,
): Promise<number> {
  return recorder.record({
    action: before === null ? 'created' : after === null ? 'deleted' : action,
    type,
    uuid,
    fields: JSON.stringify(changedFields(before ?? {}, after ?? {})),
    changedOn: now(),
    author,
  });
}

function changedFields(before: FieldValues, after: FieldValues): ChangedField[] {
  return Object.keys({ ...before, ...after })
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }))
    .filter((field) => JSON.stringify(field.before) !== JSON.stringify(field.after));
}
