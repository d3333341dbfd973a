import type { GroupRowFragment } from '../generated/graphql.ts';
import type { MessageId } from '../language/message-id.ts';

/** The message for a group that is not ready. */
export const GROUP_STATUS = {
  INITIALIZING: 'group.initializing',
  EVALUATING: 'group.evaluating',
  READY: undefined,
  INVALID: 'group.invalid',
} as const satisfies Record<GroupRowFragment['status'], MessageId | undefined>;
