/**
 * Stands in the head of the page and runs before anything is drawn: it says which language the page is in and in which
 * direction it is written. It also asks for the language's messages, which then arrive beside the program, not after it.
 */
import { CHOSEN_LANGUAGE_KEY, LANGUAGES, selectLanguage, type Language } from './languages.ts';

/** The addresses of the built messages by language. The build puts them in. */
declare const MESSAGE_FILES: Record<Language, string>;

const language = selectLanguage(localStorage.getItem(CHOSEN_LANGUAGE_KEY), navigator.languages);
document.documentElement.lang = language;
document.documentElement.dir = LANGUAGES[language].direction;

const link = document.createElement('link');
link.rel = 'preload';
link.as = 'fetch';
link.crossOrigin = 'anonymous';
link.href = MESSAGE_FILES[language];
document.head.append(link);
