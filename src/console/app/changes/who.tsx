import { t } from '../language/language.ts';
import { Name } from '../ui/name.tsx';

/** Who made a change. Undefined means that a command on the server made it, and not a user. */
export function Who({ email }: { email: string | undefined }) {
  return email === undefined ? t('change.operator') : <Name className="strong" text={email} />;
}
