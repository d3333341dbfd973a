import type { Role } from '../generated/graphql.ts';
import type { MessageId } from '../language/message-id.ts';
import { isRole } from '../session/role-names.ts';

/** What each role allows, highest role first. Each role may do everything that the later ones may do, and more. */
export const ALLOWED_BY: Record<Role, MessageId> = {
  ADMINISTRATOR: 'people.administratorAllows',
  EDITOR: 'people.editorAllows',
  VIEWER: 'people.viewerAllows',
  AGENT: 'people.agentAllows',
};

/** All roles, highest first. */
export const ALL_ROLES: readonly Role[] = Object.keys(ALLOWED_BY).filter(isRole);

/** The roles that may do no more than this one, highest first. An agent can do nothing with a token. */
export function rolesWithin(role: Role): Role[] {
  return ALL_ROLES.slice(ALL_ROLES.indexOf(role)).filter((one) => one !== 'AGENT');
}
