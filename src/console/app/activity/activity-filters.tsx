import { t } from '../language/language.ts';
import { Segments } from '../ui/segments.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { useActivityPeople } from './use-activity.ts';
import { ACTIONS, parseAction, parseSubject, SUBJECTS, type ActivityView } from './activity-view.ts';
import '../ui/field.css';

interface Props {
  view: ActivityView;
  onChange: (change: Partial<ActivityView>) => void;
}

export function ActivityFilters({ view, onChange }: Props) {
  const people = useActivityPeople();
  // A person without recent changes is shown too, so that the user can remove the filter.
  const choices = view.person === '' || people.includes(view.person) ? people : [view.person, ...people];
  return (
    <search className="filters" aria-label={t('page.activity')}>
      <Segments
        name="subject"
        value={view.subject}
        options={Object.entries(SUBJECTS).map(([subject, { label }]) => [parseSubject(subject), t(label)])}
        onChange={(subject) => onChange({ subject })}
      >
        <legend className="field-label">{t('activity.subject')}</legend>
      </Segments>
      <SelectField
        label={t('activity.action')}
        className="filter-field"
        value={view.action}
        onChange={(action) => onChange({ action: parseAction(action) })}
      >
        {Object.entries(ACTIONS).map(([action, { label }]) => (
          <option key={action} value={action}>
            {t(label)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('activity.person')}
        className="filter-field"
        value={view.person}
        onChange={(person) => onChange({ person })}
      >
        <option value="">{t('activity.everybody')}</option>
        {choices.map((email) => (
          <option key={email} value={email} dir="ltr">
            {email}
          </option>
        ))}
      </SelectField>
      <label className="field filter-field">
        <span className="field-label">{t('activity.day')}</span>
        <input
          className="field-input"
          type="date"
          value={view.day}
          onChange={(event) => onChange({ day: event.target.value })}
        />
      </label>
    </search>
  );
}
