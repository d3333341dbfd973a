// @ts-check
import { readToken } from '../../../console/app/session/token.js';
import { find } from './find.js';
import { LANGUAGES, PLACEHOLDER } from './request-code.js';
import { session } from './session.js';

/** The language of the examples is kept for the next visit. */
const KEY = 'campaigns.docs.language';

let tokenShown = false;

/** The token as it stands on the page: people see the screen, and only who copies it gets it. */
function visibleToken() {
  const token = readToken();
  if (token === undefined) return PLACEHOLDER;
  return tokenShown ? token : '••••••••';
}

export function showTokens() {
  for (const place of document.querySelectorAll('[data-token]')) place.textContent = visibleToken();
  for (const button of document.querySelectorAll('[data-show-token]')) {
    if (!(button instanceof HTMLElement)) continue;
    button.hidden = readToken() === undefined || button.closest('.code')?.querySelector('[data-token]') === null;
    button.textContent = tokenShown ? 'Hide token' : 'Show token';
  }
}

/** @param {string} language */
function chooseLanguage(language) {
  document.documentElement.dataset['language'] = language;
  for (const button of document.querySelectorAll('button[data-language]')) {
    button.setAttribute('aria-pressed', String(button.getAttribute('data-language') === language));
  }
}

/**
 * The text of a block as it is copied: with the token itself, where there is one.
 * @param {HTMLElement} block
 */
function textOf(block) {
  const shown = [...block.querySelectorAll('pre')].find((pre) => pre.offsetParent !== null);
  const copy = /** @type {HTMLElement} */ (shown?.cloneNode(true) ?? block);
  for (const place of copy.querySelectorAll('[data-token]')) place.textContent = readToken() ?? PLACEHOLDER;
  return copy.textContent ?? '';
}

/** @param {HTMLElement} button @param {string} text */
async function copy(button, text) {
  const copied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
  button.textContent = copied ? 'Copied' : 'Not copied';
  setTimeout(() => (button.textContent = 'Copy'), 2_000);
}

/** @returns {string} */
function keptLanguage() {
  try {
    const kept = localStorage.getItem(KEY);
    return kept !== null && kept in LANGUAGES ? kept : 'curl';
  } catch {
    return 'curl';
  }
}

/** @param {string} language */
function keepLanguage(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // The browser stores nothing: the choice ends with the page.
  }
}

export function startCodeTools() {
  chooseLanguage(keptLanguage());
  showTokens();
  session.addEventListener('change', () => {
    tokenShown = false;
    showTokens();
  });
  // Browsers do not allow copying on insecure connections.
  const canCopy = 'clipboard' in navigator;
  for (const button of document.querySelectorAll('[data-copy]')) button.toggleAttribute('hidden', !canCopy);
  find(document, '#content', HTMLElement).addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    const { language, copy: copies, showToken } = target.dataset;
    const block = target.closest('.code');
    if (language !== undefined) {
      keepLanguage(language);
      chooseLanguage(language);
    } else if (copies !== undefined && block instanceof HTMLElement) void copy(target, textOf(block));
    else if (showToken !== undefined) {
      tokenShown = !tokenShown;
      showTokens();
    }
  });
}
