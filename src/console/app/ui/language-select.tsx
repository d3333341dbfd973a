import { chooseLanguage, t, useLanguage } from '../language/language.ts';
import { isLanguage, LANGUAGES } from '../language/languages.ts';
import './field.css';

/** Lets the user choose the language of the page. `onError` is called when the language could not be loaded. */
export function LanguageSelect({ onError }: { onError: () => void }) {
  const language = useLanguage();
  return (
    <label className="field">
      <span className="field-label">{t('account.language')}</span>
      <span className="select-box">
        <select
          className="field-input"
          value={language}
          onChange={({ target }) => {
            if (isLanguage(target.value)) chooseLanguage(target.value).catch(onError);
          }}
        >
          {Object.entries(LANGUAGES).map(([code, { name }]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </span>
    </label>
  );
}
