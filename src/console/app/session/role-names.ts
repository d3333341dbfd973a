import type { Role } from '../generated/graphql.ts';
import type { MessageId } from '../language/message-id.ts';

/** The messages that name the roles. */
export const ROLE_NAMES = {
  ADMINISTRATOR: 'role.administrator',
  EDITOR: 'role.editor',
  VIEWER: 'role.viewer',
  AGENT: 'role.agent',
} as const satisfies Record<Role, MessageId>;

/** Whether the text is the name of a role in GraphQL. Recorded changes may have others, or none. */
export function isRole(value: string): value is Role {
  return Object.hasOwn(ROLE_NAMES, value);
}
