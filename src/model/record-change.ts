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
  change: Transition<CampaignState>,
): Promise<number> {
  const { before, after } = change;
  const archiving = before && after && before.archived !== after.archived;
  const action = archiving ? (after.archived ? 'archived' : 'restored') : 'updated';
  return record(recorder, author, 'Campaign', change, campaignFields, action);
}

/** Records the change of a group in the transaction that makes it. Returns the change's revision, which the group's row must get. */
export function recordGroup(recorder: ChangeRecorder, author: Author, change: Transition<GroupState>): Promise<number> {
  return record(recorder, author, 'Group', change, ({ name, query, status, system, contactCount }) => ({
    name,
    query,
    status,
    system,
    contactCount,
  }));
}

/** Records the change of a member in the transaction that makes it. Returns the change's revision, which the member's row must get. */
export function recordMember(
  recorder: ChangeRecorder,
  author: Author,
  change: Transition<MemberState>,
): Promise<number> {
  return record(recorder, author, 'Member', change, ({ email, role }) => ({ email, role }));
}

/**
 * Records that a token was created or revoked, in the transaction that does it. Returns the change's revision, which the token's
 * row must get. `owner` tells who may see the fields: see `visibleFields`.
 */
export function recordApiToken(
  recorder: ChangeRecorder,
  author: Author,
  change: Transition<ApiTokenState>,
): Promise<number> {
  return record(recorder, author, 'ApiToken', change, ({ name, email, maxRole, expiresOn }) => ({
    name,
    owner: email,
    maxRole,
    expiresOn: expiresOn === null ? null : formatTime(expiresOn),
  }));
}

/** @param action What was done to an object that existed before and exists after. */
function record<State>(
  recorder: ChangeRecorder,
  author: Author,
  type: ChangedType,
  { uuid, before, after }: Transition<State>,
  fieldsOf: (state: State) => FieldValues,
  action: ChangeAction = 'updated',
): Promise<number> {
  return recorder.record({
    action: before === null ? 'created' : after === null ? 'deleted' : action,
    type,
    uuid,
    fields: JSON.stringify(changedFields(before ? fieldsOf(before) : {}, after ? fieldsOf(after) : {})),
    changedOn: now(),
    author,
  });
}

function changedFields(before: FieldValues, after: FieldValues): ChangedField[] {
  return Object.keys({ ...before, ...after })
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }))
    .filter((field) => JSON.stringify(field.before) !== JSON.stringify(field.after));
}
