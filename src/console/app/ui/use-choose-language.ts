import { describeError } from '../api/request-error.ts';
import { whyNotLoaded } from '../api/why-not-loaded.ts';
import { chooseLanguage } from '../language/language.ts';
import type { Language } from '../language/languages.ts';
import { useNotify } from './notices.tsx';

/** Returns a function that shows the page in another language. If the language cannot be loaded, a notice says why. */
export function useChooseLanguage(): (language: Language) => void {
  const notify = useNotify();
  return (language) => {
    chooseLanguage(language).catch(async () => notify({ tone: 'error', text: describeError(await whyNotLoaded()) }));
  };
}
