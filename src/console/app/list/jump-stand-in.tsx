import { t } from '../language/language.ts';
import '../ui/field.css';

/** Takes the place of JumpSelect until its code is there, so that what is below does not move then. */
export function JumpStandIn() {
  return (
    <label className="field order" aria-busy>
      <span className="field-label">{t('jump.title')}</span>
      <span className="select-box">
        <select className="field-input" disabled>
          <option>{t('jump.start')}</option>
        </select>
      </span>
    </label>
  );
}
