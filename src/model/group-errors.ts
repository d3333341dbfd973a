import type { Group } from './group.ts';
import type { UserError } from './user-error.ts';

// User errors about groups. Each message says what is wrong, with the value, and what would be right.

export function notFound(uuid: string): UserError {
  return { field: ['uuid'], code: 'NOT_FOUND', message: `There is no group with the UUID ${uuid}.` };
}

export function systemGroup(group: Group, what: 'renamed' | 'deleted'): UserError {
  return {
    field: null,
    code: 'SYSTEM_GROUP',
    message: `“${group.name}” is a system group, which the workspace came with; it cannot be ${what}.`,
  };
}

export function inUse(group: Group, campaign: string): UserError {
  return {
    field: null,
    code: 'IN_USE',
    message: `“${group.name}” is used by campaigns, for example “${campaign}”. Archive or delete them, or give them another group, first.`,
  };
}

export function nameTaken(existing: string): UserError {
  return {
    field: ['name'],
    code: 'TAKEN',
    message: `There is a group named “${existing}” already. Choose another name.`,
  };
}

export function conflict(group: Group): UserError {
  return {
    field: ['expectedRevision'],
    code: 'CONFLICT',
    message: `“${group.name}” has changed since you read it: its revision is now ${group.revision}. Read it again, and repeat the change with this revision if it is still right.`,
    current: group,
  };
}
