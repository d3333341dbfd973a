import { chooseLanguage, t, useLanguage } from '../language/language.ts';
import { isLanguage, LANGUAGES } from '../language/languages.ts';
import { SelectField } from './select-field.tsx';

/** Lets the user choose the language of the page. `onError` is called when the language could not be loaded. */
export function LanguageSelect({ onError }: { onError: () => void }) {
  const language = useLanguage();
  return (
    <SelectField
      label={t('account.language')}
      value={language}
      onChange={(chosen) => {
        if (isLanguage(chosen)) chooseLanguage(chosen).catch(onError);
      }}
    >
      {Object.entries(LANGUAGES).map(([code, { name }]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
