/**
 * The build puts this script into the head of the page, where it runs before anything is drawn. It sets the language
 * and the writing direction of the page. It requests the language's messages and the first rows, so that they arrive at
 * the same time as the program and not after it.
 */
import { CHOSEN_LANGUAGE_KEY, isLanguage, LANGUAGES, selectLanguage, type Language } from './language/languages.ts';
import { readToken, takeTokenFromAddress } from './session/token.js';
import { startAt } from './start-at.ts';

/** The addresses of the built messages by language. The build puts them in. */
declare const MESSAGE_FILES: Record<Language, string>;
/** The texts of the frame by language and message id. The build takes them from the messages. */
declare const FRAME_TEXTS: Record<Language, Record<string, string>>;

const page = document.documentElement;
const served = page.lang;
let language: Language = isLanguage(served) ? served : 'en';

// Before everything else, because a browser that may keep no data throws as soon as it is asked for what it has kept.
window.addEventListener('error', onError, true);
window.addEventListener('unhandledrejection', onError);

language = selectLanguage(localStorage.getItem(CHOSEN_LANGUAGE_KEY), navigator.languages);
page.lang = language;
page.dir = LANGUAGES[language].direction;
preload(MESSAGE_FILES[language]);

const token = takeTokenFromAddress() ?? readToken();
if (token === undefined) page.dataset['start'] = 'signed-out';
else startAt(location)?.sendEarly(token);

// At "interactive" the frame is there, and the program has not started.
document.addEventListener('readystatechange', translateFrame, { once: true });

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

/** Tells the user why there is no program: the network has failed, or the program has thrown an error. */
function onError(event: Event): void {
  if (event.target instanceof HTMLScriptElement) showFailure('error.unreachable');
  // Files of other kinds may fail to load.
  else if (event.target === window) {
    // React empties the page after it has reported the error. If the head of the page is still being read, there is no frame yet.
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', showNotRunning);
    else setTimeout(showNotRunning);
  }
}

/** The errors of a program that still shows something are not for the user. */
function showNotRunning(): void {
  const app = document.getElementById('app');
  if (app?.hasChildNodes() === false) showFailure('error.notRunning');
}

function showFailure(id: string): void {
  const link = document.createElement('a');
  link.href = location.href;
  link.textContent = textOf('action.tryAgain');
  (document.querySelector('#frame [role=status]') ?? appendHeading()).replaceChildren(textOf(id), ' ', link);
}

/** For a page whose frame has gone, because the program had begun. */
function appendHeading(): HTMLElement {
  const main = document.createElement('main');
  main.className = 'content';
  document.body.append(main);
  return main.appendChild(document.createElement('h1')).appendChild(document.createElement('span'));
}

function textOf(id: string | undefined): string {
  return FRAME_TEXTS[language][id ?? ''] ?? '';
}
