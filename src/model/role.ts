import type { RoleName } from '../database/tables.ts';

/** The roles in ascending order: each role may do everything that the roles before it may do, and more. */
const ASCENDING: readonly RoleName[] = ['agent', 'viewer', 'editor', 'administrator'];

/** Whether a role may do more than another one. */
export function exceeds(role: RoleName, other: RoleName): boolean {
  return ASCENDING.indexOf(role) > ASCENDING.indexOf(other);
}

/** The role that a token allows: its user's role, or the token's own maximum when that is lower. */
export function tokenRole(userRole: RoleName, maxRole: RoleName | null): RoleName {
  return maxRole !== null && exceeds(userRole, maxRole) ? maxRole : userRole;
}
