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

export function conflict(campaign: Campaign): UserError {
  return {
    field: ['expectedRevision'],
    code: 'CONFLICT',
    message: `“${campaign.name}” has changed meanwhile: its revision is ${campaign.revision}. Look at it again, and repeat the change with this revision if it is still right.`,
    current: campaign,
  };
}
