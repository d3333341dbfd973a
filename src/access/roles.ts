import type { RoleName } from '../database/tables.ts';

/** Whether the role may read through GraphQL. Agents and users who have left the workspace may not. */
export function mayRead(role: RoleName | null): boolean {
  return role === 'viewer' || mayWrite(role);
}

/** Whether the role may see and change what the workspace sends to other systems. */
export function mayAdminister(role: RoleName | null): boolean {
  return role === 'administrator';
}

/** Whether the role may write. REST requires it for reads too, because REST has no read-only callers. */
export function mayWrite(role: RoleName | null): boolean {
  return role === 'administrator' || role === 'editor';
}
