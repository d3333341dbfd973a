/**
 * The languages of the console, each with its own name for itself and its direction of writing. Each has a file of
 * messages in `messages/`.
 */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  pt: { name: 'Português', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  sw: { name: 'Kiswahili', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
} as const satisfies Record<string, { name: string; direction: 'ltr' | 'rtl' }>;

export type Language = keyof typeof LANGUAGES;

/** The key in localStorage of the language that the user has chosen in the console. */
export const CHOSEN_LANGUAGE_KEY = 'campaigns.language';

export function isLanguage(code: string | null | undefined): code is Language {
  return typeof code === 'string' && Object.hasOwn(LANGUAGES, code);
}

/**
 * The language to show: the one that the user has chosen in the console, else the first of the browser's languages that
 * the console has (`pt-MZ` is served by `pt`), else English.
 */
export function selectLanguage(chosen: string | null, browserLanguages: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return browserLanguages.map(primaryLanguage).find(isLanguage) ?? 'en';
}

/**
 * The locale for dates: the browser's own regional form of the language, such as `en-GB`, if it has one.
 * Otherwise the language itself.
 */
export function formatLocale(language: Language, browserLanguages: readonly string[]): string {
  return browserLanguages.find((tag) => primaryLanguage(tag) === language) ?? language;
}

/**
 * The locale for the plurals and numbers in messages. The Portuguese messages are in European spelling, in which zero has the plural:
 * `0 contactos`. Browsers know this rule for `pt-PT` only, and count in all other regions as in Brazil: `0 contacto`.
 */
export function messageLocale(language: Language, browserLanguages: readonly string[]): string {
  const locale = formatLocale(language, browserLanguages);
  return language === 'pt' && locale !== 'pt-BR' ? 'pt-PT' : locale;
}

function primaryLanguage(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}
