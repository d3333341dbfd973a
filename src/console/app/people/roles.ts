import type { Role } from '../generated/graphql.ts';
import type { MessageId } from '../language/message-id.ts';

interface ShownRole {
  label: MessageId;
  /** What the role allows. */
  allows: MessageId;
}

/** The roles, highest first. Each role may do everything that the later ones may do, and more. */
export const ROLES: Record<Role, ShownRole> = {
  ADMINISTRATOR: { label: 'role.administrator', allows: 'people.administratorAllows' },
  EDITOR: { label: 'role.editor', allows: 'people.editorAllows' },
  VIEWER: { label: 'role.viewer', allows: 'people.viewerAllows' },
  AGENT: { label: 'role.agent', allows: 'people.agentAllows' },
};

export function isRole(value: string): value is Role {
  return Object.hasOwn(ROLES, value);
}

/** All roles, highest first. */
export const ALL_ROLES: readonly Role[] = Object.keys(ROLES).filter(isRole);

/** The roles that may do no more than this one, highest first. An agent can do nothing with a token. */
export function rolesWithin(role: Role): Role[] {
  return ALL_ROLES.slice(ALL_ROLES.indexOf(role)).filter((one) => one !== 'AGENT');
}
