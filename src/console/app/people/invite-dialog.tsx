import { useState } from 'react';
import { entryKept } from '../api/entry-kept.ts';
import { fieldErrors, type FieldErrors } from '../api/input-error.ts';
import type { Role } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useDraft, useTakenDraft } from '../session/drafts.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';
import type { NewKey } from './key-dialog.tsx';
import { useInviteMember } from './people-changes.ts';
import { MEMBER_ERRORS } from './people-errors.ts';
import { RoleSelect } from './role-select.tsx';
import { ALL_ROLES } from './roles.ts';

interface Props {
  onClose: () => void;
  /** Called with the key of the new member's first token. The server does not show the key again. */
  onKey: (made: NewKey) => void;
}

export function InviteDialog({ onClose, onKey }: Props) {
  const invite = useInviteMember();
  const draft = useTakenDraft<{ email: string; role: Role }>('invitation');
  const [email, setEmail] = useState(draft?.email ?? '');
  const [role, setRole] = useState<Role>(draft?.role ?? 'EDITOR');
  const [errors, setErrors] = useState<FieldErrors>({});
  const busy = invite.isPending;
  const typed = email !== '';
  useDraft(typed ? { form: 'invitation', values: { email, role } } : undefined);

  const submit = async () => {
    try {
      const payload = await invite.mutateAsync({ email, role });
      if (payload?.key) onKey({ key: payload.key, person: payload.member?.email ?? email.trim() });
      else setErrors(fieldErrors(MEMBER_ERRORS, payload?.userErrors ?? [], ['email']));
    } catch (error) {
      setErrors(entryKept(error));
    }
  };

  return (
    <FormDialog
      title={t('people.invite')}
      busy={busy}
      unsaved={typed}
      onClose={onClose}
      error={errors['']}
      submitLabel={t('people.inviteConfirm')}
      onSubmit={submit}
    >
      <TextInput
        label={t('people.email')}
        type="email"
        value={email}
        onChange={(value) => {
          setEmail(value);
          setErrors({});
        }}
        error={errors['email']}
        autoComplete="off"
        spellCheck="false"
        autoFocus
      />
      <RoleSelect
        label={t('people.role')}
        value={role}
        roles={ALL_ROLES}
        onChange={(chosen) => {
          if (chosen) setRole(chosen);
        }}
      />
      <p className="field-hint">{t('people.inviteHint')}</p>
    </FormDialog>
  );
}
