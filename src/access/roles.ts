import type { RoleName } from '../database/tables.ts';

/** Who may read through GraphQL. Agents, and those who have left the workspace, may nothing. */
export function mayRead(role: RoleName | null): boolean {
  return role === 'viewer' || mayWrite(role);
}

/** Who may write, and who may use REST, whose clients cannot tell a reader from a writer. */
export function mayWrite(role: RoleName | null): boolean {
  return role === 'administrator' || role === 'editor';
}
