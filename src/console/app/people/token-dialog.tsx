import { useState } from 'react';
import { entryKept } from '../api/entry-kept.ts';
import { fieldErrors, type FieldErrors } from '../api/input-error.ts';
import type { MemberRowFragment, Role } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { useDraft, useTakenDraft } from '../session/drafts.ts';
import { useViewer } from '../session/viewer.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { NameInput } from '../ui/name-input.tsx';
import { SelectField } from '../ui/select-field.tsx';
import type { NewKey } from './key-dialog.tsx';
import { useCreateToken } from './people-changes.ts';
import { NEW_TOKEN_ERRORS } from './people-errors.ts';
import { RoleSelect } from './role-select.tsx';
import { rolesWithin } from './roles.ts';
import { useOwnToken } from './use-tokens.ts';

interface Props {
  /** The member who gets the token; undefined means the user. */
  member: MemberRowFragment | undefined;
  onClose: () => void;
  /** Called with the key of the new token. The server does not show the key again. */
  onKey: (made: NewKey) => void;
}

/** The lifetimes that the user can choose, in days. */
const LIFETIMES = [365, 90, 30];
const DAY_MS = 24 * 60 * 60_000;

export function TokenDialog({ member, onClose, onKey }: Props) {
  const viewer = useViewer();
  const own = useOwnToken();
  const create = useCreateToken();
  const draft = useTakenDraft<{ name: string; role: Role; days: number }>('token', member);
  const [name, setName] = useState(draft?.name ?? '');
  const [role, setRole] = useState<Role | undefined>(draft?.role);
  const [days, setDays] = useState<number | undefined>(draft?.days);
  const [errors, setErrors] = useState<FieldErrors>({});
  const busy = create.isPending;
  const typed = name !== '';
  useDraft(typed ? { form: 'token', subject: member, values: { name, role, days } } : undefined);
  // A token cannot expire later than the token that creates it.
  const ends = own?.expiresOn;
  const lifetimes = LIFETIMES.filter((one) => !ends || Date.now() + one * DAY_MS < Date.parse(ends));

  const submit = async () => {
    try {
      const payload = await create.mutateAsync({
        name,
        member: member?.uuid,
        maxRole: role,
        expiresOn: days === undefined ? undefined : new Date(Date.now() + days * DAY_MS).toISOString(),
      });
      if (payload?.key) onKey({ key: payload.key, name: name.trim(), ...(member && { person: member.email }) });
      else setErrors(fieldErrors(NEW_TOKEN_ERRORS, payload?.userErrors ?? [], ['name', 'maxRole']));
    } catch (error) {
      setErrors(entryKept(error));
    }
  };

  return (
    <FormDialog
      title={t('people.newToken')}
      busy={busy}
      unsaved={typed}
      onClose={onClose}
      error={errors['']}
      submitLabel={t('action.create')}
      onSubmit={submit}
    >
      {member && (
        <p>
          <Message id="people.tokenFor" values={{ person: <Name className="strong" text={member.email} /> }} />
        </p>
      )}
      <NameInput
        value={name}
        onChange={(value) => {
          setName(value);
          setErrors({});
        }}
        error={errors['name']}
      />
      <RoleSelect
        label={t('people.tokenRole')}
        value={role}
        roles={rolesWithin(member?.role ?? viewer.role)}
        without={{ label: t('people.wholeRole'), allows: t('people.wholeRoleAllows') }}
        onChange={(chosen) => {
          setRole(chosen);
          setErrors({});
        }}
        error={errors.maxRole}
      />
      <SelectField
        label={t('people.lifetime')}
        value={days ?? ''}
        onChange={(chosen) => setDays(chosen === '' ? undefined : Number(chosen))}
      >
        <option value="">{t(ends ? 'people.lifetimeOfOwn' : 'people.lifetimeUnlimited')}</option>
        {lifetimes.map((one) => (
          <option key={one} value={one}>
            {t('people.lifetimeDays', { count: one })}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
