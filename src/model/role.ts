import type { RoleName } from '../database/tables.ts';
import { ROLES } from '../database/tables.ts';

/** Whether a role may do more than another one. */
export function exceeds(role: RoleName, other: RoleName): boolean {
  return ROLES.indexOf(role) < ROLES.indexOf(other);
}

/** The role that a token allows: its user's role, or the token's own maximum when that is lower. */
export function tokenRole(userRole: RoleName, maxRole: RoleName | null): RoleName {
  return maxRole !== null && exceeds(userRole, maxRole) ? maxRole : userRole;
}
