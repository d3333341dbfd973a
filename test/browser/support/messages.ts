import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { i18n, type Messages } from '@lingui/core';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { MessageId } from '../../../src/console/app/language/message-id.ts';
import { messageLocale, type Language } from '../../../src/console/app/language/languages.ts';

const FOLDER = join(import.meta.dirname, '../../../src/console/app/language/messages');

/** A browser's locale for each language. */
export const LOCALES: Record<Language, string> = {
  en: 'en-GB',
  fr: 'fr-SN',
  pt: 'pt-MZ',
  es: 'es-GT',
  sw: 'sw-TZ',
  ar: 'ar-EG',
};

/**
 * Returns the translation function of a language: `t('action.save')` is the text that the console shows in a browser of this locale,
 * which determines plurals and digits.
 */
export function messagesIn(
  language: Language,
  locale: string,
): (id: MessageId, values?: Record<string, unknown>) => string {
  const texts = JSON.parse(readFileSync(join(FOLDER, `${language}.json`), 'utf8')) as Record<string, string>;
  const messages: Messages = Object.fromEntries(
    Object.entries(texts).map(([id, text]) => [id, compileMessageOrThrow(text)]),
  );
  return (id, values) => {
    i18n.loadAndActivate({ locale: language, locales: messageLocale(language, [locale]), messages });
    return i18n._(id, values);
  };
}
