import type { Group } from './group.ts';
import type { UserError } from './user-error.ts';

// User errors about groups. Each message says what is wrong, with the value, and what would be right.

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
