import { useId } from 'react';
import type { Role } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { SelectField } from '../ui/select-field.tsx';
import { isRole, ROLE_NAMES } from '../session/role-names.ts';
import { ALLOWED_BY } from './roles.ts';

interface Props {
  label: string;
  value: Role | undefined;
  roles: readonly Role[];
  /** The option for no role, and the text that says what it allows. If it is missing, the user must choose a role. */
  without?: { label: string; allows: string };
  onChange: (role: Role | undefined) => void;
  error?: string | undefined;
  autoFocus?: boolean;
}

/** Lets the user choose a role, and says what it allows. */
export function RoleSelect({ label, value, roles, without, onChange, error, autoFocus = false }: Props) {
  const hint = useId();
  return (
    <div className="people-role">
      <SelectField
        label={label}
        value={value ?? ''}
        aria-describedby={hint}
        autoFocus={autoFocus}
        aria-invalid={error === undefined ? undefined : true}
        onChange={(chosen) => onChange(isRole(chosen) ? chosen : undefined)}
      >
        {without && <option value="">{without.label}</option>}
        {roles.map((role) => (
          <option key={role} value={role}>
            {t(ROLE_NAMES[role])}
          </option>
        ))}
      </SelectField>
      <span id={hint} className={error === undefined ? 'field-hint' : 'field-error'}>
        {error ?? (value ? t(ALLOWED_BY[value]) : without?.allows)}
      </span>
    </div>
  );
}
