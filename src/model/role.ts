import type { RoleName } from '../database/tables.ts';

/** The roles, each of which may do what those before it may do, and more. */
const ASCENDING: readonly RoleName[] = ['agent', 'viewer', 'editor', 'administrator'];

/** Whether a role may do more than another one. */
export function exceeds(role: RoleName, other: RoleName): boolean {
  return ASCENDING.indexOf(role) > ASCENDING.indexOf(other);
}

/** What a token allows: as much as its user's role does, and no more than its own maximum, if it has one. */
export function tokenRole(userRole: RoleName, maxRole: RoleName | null): RoleName {
  return maxRole !== null && exceeds(userRole, maxRole) ? maxRole : userRole;
}
