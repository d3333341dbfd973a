import type { Flag } from '../database/tables.ts';
import type { Campaign } from './campaign.ts';
import type { GroupReference } from './group.ts';
import { referenceText } from './group.ts';
import type { UserError } from './user-error.ts';
import { nameTaken, shown } from './user-error.ts';

// User errors about campaigns. Each message says what is wrong, with the value, and what would be right.

export function groupNotFound(reference: GroupReference): UserError {
  return {
    field: ['group'],
    code: 'NOT_FOUND',
    message: `There is no group “${shown(referenceText(reference))}” in the workspace. Choose another.`,
  };
}

/** An archived campaign cannot be restored with the group that it has. */
export function groupDeleted({ name, group }: Campaign): UserError {
  return {
    field: ['group'],
    code: 'NOT_FOUND',
    message: `The group “${group.name}” of “${name}” has been deleted. Restore the campaign together with another group.`,
  };
}

export function archivedCampaign(campaign: Campaign): UserError {
  return {
    field: null,
    code: 'ARCHIVED',
    message: `“${campaign.name}” is archived. Restore it first, or restore it together with the change (archived: false).`,
  };
}

/** The error for a name that this campaign has. */
export function takenBy({ name, is_archived }: { name: string; is_archived: Flag }): UserError {
  return nameTaken(is_archived ? 'an archived campaign' : 'a campaign', name);
}

/** Two campaigns of one list would get the same name. @param place The index in the list, from 0, of the first of them. */
export function nameRepeated(name: string, place: number): UserError {
  return {
    field: ['name'],
    code: 'TAKEN',
    message: `An earlier campaign of the list is to be named “${name}”, too. Choose another name.`,
    takenByItem: place,
  };
}

export function repeated(uuid: string): UserError {
  return {
    field: ['uuid'],
    code: 'REPEATED',
    message: `The campaign with the UUID ${uuid} comes more than once in the list. Name each campaign once.`,
  };
}

/** An imported row creates a campaign, but names no group. */
export function groupMissing(): UserError {
  return { field: ['group'], code: 'BLANK', message: 'A new campaign needs a group: its name or its UUID.' };
}

export function notYesOrNo(text: string): UserError {
  return {
    field: ['archived'],
    code: 'INVALID',
    message: `“${shown(text)}” is neither yes nor no. Write one of them, or leave the cell empty.`,
  };
}
