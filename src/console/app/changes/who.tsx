import { t } from '../language/language.ts';
import { Name } from '../ui/name.tsx';

/** Who made a change. Changes by a command of the server have nobody's name. */
export function Who({ email }: { email: string | undefined }) {
  return email === undefined ? t('change.operator') : <Name className="strong" text={email} />;
}
