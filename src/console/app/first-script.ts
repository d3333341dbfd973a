/**
 * The build puts this script into the head of the page, where it runs before anything is drawn. It sets the language
 * and the writing direction of the page. It requests the language's messages and the first rows, so that they arrive at
 * the same time as the program and not after it.
 */
import { CHOSEN_LANGUAGE_KEY, LANGUAGES, selectLanguage, type Language } from './language/languages.ts';
import { readToken, takeTokenFromAddress } from './session/token.js';
import { startAt } from './start-at.ts';

/** The addresses of the built messages by language. The build puts them in. */
declare const MESSAGE_FILES: Record<Language, string>;
/** The texts of the frame by language and message id. The build takes them from the messages. */
declare const FRAME_TEXTS: Record<Language, Record<string, string>>;

const page = document.documentElement;
const served = page.lang;
const language = selectLanguage(localStorage.getItem(CHOSEN_LANGUAGE_KEY), navigator.languages);
page.lang = language;
page.dir = LANGUAGES[language].direction;
preload(MESSAGE_FILES[language]);

const token = takeTokenFromAddress() ?? readToken();
if (token === undefined) page.dataset['start'] = 'signed-out';
else startAt(location)?.sendEarly(token);

// At "interactive" the frame is there, and the program has not started.
document.addEventListener('readystatechange', translateFrame, { once: true });
window.addEventListener('error', showNotLoaded, true);

function preload(address: string): void {
  const link = document.createElement('link');
  link.rel = 'preload';
  link.as = 'fetch';
  link.crossOrigin = 'anonymous';
  link.href = address;
  document.head.append(link);
}

/** The server has chosen the language by what the browser asks for. The user may have chosen another one. */
function translateFrame(): void {
  if (language === served) return;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = textOf(element.dataset['text']);
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) {
    element.setAttribute('aria-label', textOf(element.dataset['label']));
  }
}

/** Shows an error when the program could not be loaded, because the network has failed. */
function showNotLoaded({ target }: Event): void {
  const heading = document.querySelector('#frame [role=status]');
  if (!heading || !(target instanceof HTMLScriptElement)) return;
  const link = document.createElement('a');
  link.href = location.href;
  link.textContent = textOf('action.tryAgain');
  heading.replaceChildren(textOf('error.unreachable'), ' ', link);
}

function textOf(id: string | undefined): string {
  return FRAME_TEXTS[language][id ?? ''] ?? '';
}
