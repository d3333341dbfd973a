import { t } from '../language/language.ts';
import { ChevronIcon } from '../ui/icon.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';
import type { GroupPickerProps } from './group-picker.tsx';
import '../ui/field.css';
import './group-picker.css';

/** The group picker of the first page, whose code is loaded after the page is drawn. */
export const LazyGroupPicker = lazyPart(async () => (await import('./group-picker.tsx')).GroupPicker, StandIn);

/** Shown until the code of the picker is loaded. */
function StandIn({ value, placeholder }: GroupPickerProps) {
  return (
    <div className="field group-picker" aria-busy>
      <span className="field-label">{t('field.group')}</span>
      <div className="group-picker-box">
        <input
          className="field-input"
          aria-label={t('field.group')}
          placeholder={placeholder}
          value={value?.name ?? ''}
          disabled
        />
        <span className="field-button">
          <ChevronIcon />
        </span>
      </div>
    </div>
  );
}
