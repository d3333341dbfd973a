import type { GroupRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';

/** The message for a group that is not ready. */
const STATUS = {
  INITIALIZING: 'group.initializing',
  EVALUATING: 'group.evaluating',
  READY: undefined,
  INVALID: 'group.invalid',
} as const satisfies Record<GroupRowFragment['status'], MessageId | undefined>;

/** Says that a group is the system's own, and that it is not ready. An ordinary group has no badge. */
export function GroupBadges({ group }: { group: GroupRowFragment }) {
  const status = STATUS[group.status];
  return (
    <>
      {group.system && (
        <span className="badge" title={t('group.systemHint')}>
          {t('group.system')}
        </span>
      )}
      {status !== undefined && <span className="badge badge-warning">{t(status)}</span>}
    </>
  );
}
