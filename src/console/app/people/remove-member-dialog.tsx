import { joinedErrors } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import type { MemberRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useNotify } from '../ui/notices.tsx';
import { useRemoveMember } from './people-changes.ts';
import { MEMBER_ERRORS } from './people-errors.ts';

interface Props {
  member: MemberRowFragment;
  onClose: () => void;
}

export function RemoveMemberDialog({ member: { uuid, email, revision }, onClose }: Props) {
  const notify = useNotify();
  const remove = useRemoveMember();
  const userErrors = remove.data?.userErrors ?? [];
  const error = remove.error
    ? describeError(errorDetails(remove.error))
    : userErrors.length > 0
      ? joinedErrors(MEMBER_ERRORS, userErrors)
      : undefined;
  return (
    <ConfirmDialog
      title={t('people.removeTitle')}
      confirmLabel={t('people.removeConfirm')}
      error={error}
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { uuid, expectedRevision: revision },
          {
            onSuccess: (payload) => {
              if (!payload || payload.userErrors.length > 0) return;
              onClose();
              notify({ text: <Message id="people.removed" values={{ person: <Name text={email} /> }} /> });
            },
          },
        )
      }
    >
      <p>
        <Message id="people.removeWarning" values={{ person: <Name className="strong" text={email} /> }} />
      </p>
    </ConfirmDialog>
  );
}
