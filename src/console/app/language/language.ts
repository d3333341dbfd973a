import { i18n, type Messages } from '@lingui/core';
import { useSyncExternalStore } from 'react';
import { CHOSEN_LANGUAGE_KEY, formatLocale, isLanguage, LANGUAGES, messageLocale, type Language } from './languages.ts';

/** The message with this id in the language of the page, with its placeholders filled in. */
export const { t } = i18n;

/** The addresses of messages by language. Only those of the language in use are loaded. */
export type MessageFiles = Record<Language, string>;

/** The addresses of the messages that every page needs. The build puts them in. */
declare const MESSAGE_FILES: MessageFiles;

/** The messages that are loaded, and are loaded again when the language changes. */
const loaded = [MESSAGE_FILES];

/** The language of the page. The first script in the page has chosen it. */
export function pageLanguage(): Language {
  const { lang } = document.documentElement;
  return isLanguage(lang) ? lang : 'en';
}

/** The language that was asked for last. One that was asked for earlier and arrives later is not shown. */
let wanted: Language | undefined;

/** Loads a language's messages and shows the page in it. Throws if the messages cannot be loaded. */
export async function showLanguage(language: Language): Promise<void> {
  wanted = language;
  const messages: Messages = {};
  // A part of the console that is opened meanwhile adds its messages to `loaded`.
  for (let known = 0; known < loaded.length;) {
    const parts = loaded.slice(known);
    known = loaded.length;
    Object.assign(messages, ...(await Promise.all(parts.map((files) => fetchMessages(files[language])))));
  }
  if (wanted !== language) return;
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language].direction;
  i18n.loadAndActivate({ locale: language, locales: messageLocale(language, navigator.languages), messages });
}

/** Loads the messages of a part of the console, now and whenever the language changes. Throws if it cannot load them. */
export async function loadMessages(files: MessageFiles): Promise<void> {
  const language = pageLanguage();
  loaded.push(files);
  i18n.load(language, await fetchMessages(files[language]));
}

async function fetchMessages(address: string): Promise<Messages> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The messages were answered with status ${response.status}.`);
  return (await response.json()) as Messages;
}

/** Shows the page in a language that the user has chosen, and keeps the choice for the next visits. */
export async function chooseLanguage(language: Language): Promise<void> {
  await showLanguage(language);
  if (pageLanguage() !== language) return;
  try {
    localStorage.setItem(CHOSEN_LANGUAGE_KEY, language);
  } catch {
    // The storage is full. Then the choice holds until the page is left.
  }
}

/** The language of the page. A component that uses it is rendered again when the language changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguageChange, pageLanguage);
}

function onLanguageChange(listener: () => void): () => void {
  return i18n.on('change', listener);
}

/** The locale for dates, such as `en-GB`. */
export function currentFormatLocale(): string {
  return formatLocale(pageLanguage(), navigator.languages);
}
