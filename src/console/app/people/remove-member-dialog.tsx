import type { MemberRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { ConfirmChangeDialog } from '../ui/confirm-change-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useRemoveMember } from './people-changes.ts';
import { MEMBER_ERRORS } from './people-errors.ts';

interface Props {
  member: MemberRowFragment;
  onClose: () => void;
}

export function RemoveMemberDialog({ member: { uuid, email, revision }, onClose }: Props) {
  return (
    <ConfirmChangeDialog
      title={t('people.removeTitle')}
      confirmLabel={t('people.removeConfirm')}
      mutation={useRemoveMember()}
      variables={{ uuid, expectedRevision: revision }}
      subject={MEMBER_ERRORS}
      onClose={onClose}
      done={<Message id="people.removed" values={{ person: <Name text={email} /> }} />}
    >
      <p>
        <Message id="people.removeWarning" values={{ person: <Name className="strong" text={email} /> }} />
      </p>
    </ConfirmChangeDialog>
  );
}
