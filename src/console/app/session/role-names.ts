import type { Role } from '../generated/graphql.ts';
import type { MessageId } from '../language/message-id.ts';

export const ROLE_NAMES = {
  ADMINISTRATOR: 'role.administrator',
  EDITOR: 'role.editor',
  VIEWER: 'role.viewer',
  AGENT: 'role.agent',
} as const satisfies Record<Role, MessageId>;

export function isRole(value: string): value is Role {
  return Object.hasOwn(ROLE_NAMES, value);
}
