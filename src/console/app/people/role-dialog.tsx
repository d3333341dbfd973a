import { useState } from 'react';
import { joinedErrors } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import type { MemberRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { useNotify } from '../ui/notices.tsx';
import { useUpdateMember } from './people-changes.ts';
import { MEMBER_ERRORS } from './people-errors.ts';
import { RoleSelect } from './role-select.tsx';
import { ALL_ROLES } from './roles.ts';

interface Props {
  member: MemberRowFragment;
  onClose: () => void;
}

export function RoleDialog({ member: { uuid, email, role: present, revision }, onClose }: Props) {
  const notify = useNotify();
  const update = useUpdateMember();
  const [role, setRole] = useState(present);
  const [error, setError] = useState<string>();

  const submit = async () => {
    // Nothing is to be saved, and no notice may say that something was. After an error something may have been saved before.
    if (role === present && !update.isError) return onClose();
    try {
      const payload = await update.mutateAsync({ uuid, role, expectedRevision: revision });
      const userErrors = payload?.userErrors ?? [];
      if (userErrors.length > 0) return setError(joinedErrors(MEMBER_ERRORS, userErrors));
      onClose();
      notify({ text: <Message id="people.roleChanged" values={{ person: <Name text={email} /> }} /> });
    } catch (thrown) {
      setError(describeError(errorDetails(thrown)));
    }
  };

  return (
    <FormDialog
      title={t('people.changeRole')}
      busy={update.isPending}
      onClose={onClose}
      error={error}
      submitLabel={t('action.save')}
      onSubmit={submit}
    >
      <p>
        <Name className="strong" text={email} />
      </p>
      <RoleSelect
        label={t('people.role')}
        value={role}
        roles={ALL_ROLES}
        onChange={(chosen) => {
          if (chosen) setRole(chosen);
          setError(undefined);
        }}
        autoFocus
      />
    </FormDialog>
  );
}
