import { t } from '../language/language.ts';
import { SelectField } from '../ui/select-field.tsx';

/** Takes the place of JumpSelect until its code is there, so that what is below does not move then. */
export function JumpStandIn() {
  return (
    <SelectField label={t('jump.title')} className="filter-field" disabled aria-busy>
      <option>{t('jump.start')}</option>
    </SelectField>
  );
}
