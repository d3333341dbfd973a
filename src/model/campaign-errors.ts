import type { Flag } from '../database/tables.ts';
import type { Campaign } from './campaign.ts';
import type { GroupReference } from './group.ts';
import type { UserError } from './user-error.ts';

// User errors about campaigns. Each message says what is wrong, with the value, and what would be right.

export function notFound(uuid: string): UserError {
  return { field: ['uuid'], code: 'NOT_FOUND', message: `There is no campaign with the UUID ${uuid}.` };
}

export function groupNotFound(reference: GroupReference): UserError {
  const named = 'uuid' in reference ? reference.uuid : 'name' in reference ? reference.name : reference.uuidOrName;
  return {
    field: ['group'],
    code: 'NOT_FOUND',
    message: `There is no group “${named}” in the workspace. Choose another.`,
  };
}

export function archivedCampaign(campaign: Campaign): UserError {
  return {
    field: null,
    code: 'ARCHIVED',
    message: `“${campaign.name}” is archived. Restore it first, or restore it together with the change (archived: false).`,
  };
}

export function nameTaken(existing?: { name: string; is_archived: Flag }): UserError {
  const named = existing ? `“${existing.name}”` : 'like that';
  return {
    field: ['name'],
    code: 'TAKEN',
    message: `There is ${existing?.is_archived ? 'an archived' : 'a'} campaign named ${named} already. Choose another name.`,
  };
}

/** Two campaigns of one list are to have the same name. @param place The place, from 0, of the one that has it already. */
export function nameRepeated(name: string, place: number): UserError {
  return {
    field: ['name'],
    code: 'TAKEN',
    message: `Another one of the list, number ${place + 1}, is to be named “${name}” as well. Choose another name.`,
  };
}

export function repeated(uuid: string): UserError {
  return {
    field: ['uuid'],
    code: 'REPEATED',
    message: `The campaign with the UUID ${uuid} comes more than once in the list. Name each campaign once.`,
  };
}

/** A row of a table has no group for its new campaign. */
export function groupMissing(): UserError {
  return { field: ['group'], code: 'BLANK', message: 'A new campaign needs a group: its name or its UUID.' };
}

export function notYesOrNo(text: string): UserError {
  return { field: ['archived'], code: 'INVALID', message: `“${text}” is neither yes nor no.` };
}

export function conflict(campaign: Campaign): UserError {
  return {
    field: ['expectedRevision'],
    code: 'CONFLICT',
    message: `“${campaign.name}” has changed meanwhile: its revision is ${campaign.revision}. Look at it again, and repeat the change with this revision if it is still right.`,
    current: campaign,
  };
}
