import { useState, type FormEvent } from 'react';
import { joinedErrors } from '../api/input-error.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import type { MemberRowFragment } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
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

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (update.isPending) return;
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
    <Dialog title={t('people.changeRole')} busy={update.isPending} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="dialog-body">
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
          />
          <div role="alert">{error !== undefined && <p className="dialog-error">{error}</p>}</div>
        </div>
        <footer className="dialog-foot">
          <Button onPress={onClose} isDisabled={update.isPending}>
            {t('action.cancel')}
          </Button>
          <Button variant="primary" type="submit" busy={update.isPending}>
            {t('action.save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
