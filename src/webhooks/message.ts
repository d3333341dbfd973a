import type { Change } from '../model/change.ts';
import { TYPE_NAMES } from '../model/change.ts';
import { formatTime } from '../model/time.ts';

/** A message to a receiver. Its id is the same at each try, so that the receiver can see that it has had the message before. */
export interface Message {
  /** The value of `webhook-id`. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/** The message of a change. Its data has the names and values of GraphQL's `Change`: see docs/webhooks.md. */
export function changeMessage(workspace: string, change: Change): Message {
  const { subject, action, author } = change;
  return {
    id: change.uuid,
    body: JSON.stringify({
      type: `${TYPE_NAMES[subject.type].toLowerCase()}.${action}`,
      timestamp: formatTime(change.changedOn),
      data: {
        workspace,
        revision: change.id,
        uuid: change.uuid,
        action: action.toUpperCase(),
        origin: author.origin.toUpperCase(),
        actor: author.user === null ? null : { email: author.user, token: author.token },
        subjectType: TYPE_NAMES[subject.type],
        subjectUuid: subject.uuid,
        fields: change.fields,
      },
    }),
  };
}

/**
 * A message which says that changes cannot be sent, because they are no longer stored, or because the feed has begun another epoch. The
 * receiver must read all lists again. The next message is about the first change after `revision`.
 */
export function expiredMessage(workspace: string, epoch: string, revision: number, time: number): Message {
  return {
    id: `expired-${epoch}-${revision}`,
    body: JSON.stringify({
      type: 'changes.expired',
      timestamp: formatTime(time),
      data: { workspace, revision },
    }),
  };
}
