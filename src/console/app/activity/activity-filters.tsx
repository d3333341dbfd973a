import { t } from '../language/language.ts';
import { useActivityPeople } from './use-activity.ts';
import { ACTIONS, parseAction, parseSubject, SUBJECTS, type ActivityView } from './activity-view.ts';
import '../ui/field.css';
import '../ui/segments.css';

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
      <fieldset className="segments">
        <legend className="field-label">{t('activity.subject')}</legend>
        <div className="segments-box">
          {Object.entries(SUBJECTS).map(([subject, { label }]) => (
            <label key={subject}>
              <input
                type="radio"
                name="subject"
                checked={view.subject === subject}
                onChange={() => onChange({ subject: parseSubject(subject) })}
              />
              <span>{t(label)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label className="field order">
        <span className="field-label">{t('activity.action')}</span>
        <span className="select-box">
          <select
            className="field-input"
            value={view.action}
            onChange={(event) => onChange({ action: parseAction(event.target.value) })}
          >
            {Object.entries(ACTIONS).map(([action, { label }]) => (
              <option key={action} value={action}>
                {t(label)}
              </option>
            ))}
          </select>
        </span>
      </label>
      <label className="field order">
        <span className="field-label">{t('activity.person')}</span>
        <span className="select-box">
          <select
            className="field-input"
            value={view.person}
            onChange={(event) => onChange({ person: event.target.value })}
          >
            <option value="">{t('activity.everybody')}</option>
            {choices.map((email) => (
              <option key={email} value={email} dir="ltr">
                {email}
              </option>
            ))}
          </select>
        </span>
      </label>
      <label className="field order">
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
