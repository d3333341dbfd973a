// @ts-check
import { inHeader } from '../../../console/app/api/in-header.js';
import { readToken } from '../../../console/app/session/token.js';
import { showTokens } from './code-tools.js';
import { find } from './find.js';
import { LANGUAGES, PLACEHOLDER, requestCode } from './request-code.js';
import { session } from './session.js';

const content = find(document, '#content', HTMLElement);
const base = content.dataset['base'] ?? '';

for (const operation of content.querySelectorAll('.operation')) {
  const form = find(operation, 'form', HTMLFormElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(operation, form);
  });
  form.querySelector('[data-example]')?.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement) find(form, '[data-body]', HTMLTextAreaElement).value = target.value;
  });
}

/** Ends the requests that are being sent. */
let sending = new AbortController();
session.addEventListener('signed-out', forgetRequests);

/** Removes what the user has entered, and the answers: after signing out they are nobody's business. */
function forgetRequests() {
  sending.abort();
  sending = new AbortController();
  for (const operation of content.querySelectorAll('.operation')) {
    find(operation, 'form', HTMLFormElement).reset();
    find(operation, '[data-state]', HTMLElement).textContent = '';
    find(operation, '.result', HTMLElement).hidden = true;
    for (const place of operation.querySelectorAll('.result pre code, [data-headers]')) place.replaceChildren();
  }
}

/** @param {HTMLFormElement} form */
function requestOf(form) {
  const { method = 'GET', path = '', accept } = form.dataset;
  const query = new URLSearchParams();
  /** @type {Record<string, string>} */
  const headers = accept === undefined ? {} : { Accept: accept };
  for (const field of form.querySelectorAll('[data-in]')) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || field.value === '') continue;
    if (field.dataset['in'] === 'query') query.append(field.name, field.value);
    else headers[field.name] = field.value;
  }
  const parameters = query.toString();
  const text = form.querySelector('[data-body]');
  return {
    method,
    address: parameters === '' ? path : `${path}?${parameters}`,
    headers,
    body:
      text instanceof HTMLTextAreaElement
        ? { type: text.dataset['type'] ?? 'application/json', text: text.value }
        : undefined,
  };
}

/** @param {Element} operation @param {HTMLFormElement} form */
async function send(operation, form) {
  const state = find(operation, '[data-state]', HTMLElement);
  const button = find(form, 'button', HTMLButtonElement);
  if (button.getAttribute('aria-disabled') === 'true') return;
  const { method, address, headers, body } = requestOf(form);
  const token = readToken();
  const { signal } = sending;
  const started = performance.now();
  state.textContent = 'Sending…';
  // A button that is disabled in the other way would lose the focus.
  button.setAttribute('aria-disabled', 'true');
  try {
    const response = await fetch(`/api/v2${address}`, {
      method,
      headers: {
        ...headers,
        ...(token !== undefined && { Authorization: `Token ${inHeader(token)}` }),
        ...(body && { 'Content-Type': body.type }),
      },
      ...(body && { body: body.text }),
      credentials: 'omit',
      cache: 'no-store',
      signal,
    });
    const text = await response.text();
    const ms = Math.round(performance.now() - started);
    showAnswer(operation, response, text);
    showRequest(operation, {
      method,
      url: base + address,
      headers: { ...(token !== undefined && { Authorization: `Token ${PLACEHOLDER}` }), ...headers },
      body,
    });
    find(operation, '.result', HTMLElement).hidden = false;
    state.textContent = `${response.status} ${response.statusText} · ${ms} ms${token === undefined ? ' · sent without a token' : ''}`;
  } catch {
    state.textContent = signal.aborted ? '' : 'The server cannot be reached.';
    // It shows the answer to an earlier request.
    find(operation, '.result', HTMLElement).hidden = true;
  } finally {
    button.removeAttribute('aria-disabled');
  }
}

/** @param {Element} operation @param {Response} response @param {string} text */
function showAnswer(operation, response, text) {
  find(operation, 'pre:not([data-language]) code', HTMLElement).replaceChildren(...coloured(indented(text)));
  const entries = [...response.headers].flatMap(([name, value]) => [element('dt', name), element('dd', value)]);
  find(operation, '[data-headers]', HTMLElement).replaceChildren(...entries);
}

/** @param {Element} operation @param {import('./request-code.js').HttpRequest} request */
function showRequest(operation, request) {
  for (const language of /** @type {(keyof typeof LANGUAGES)[]} */ (Object.keys(LANGUAGES))) {
    const pieces = requestCode(language, request).split(PLACEHOLDER);
    const nodes = pieces.flatMap((piece, i) => {
      if (i === 0) return [piece];
      const place = element('span', PLACEHOLDER);
      place.dataset['token'] = '';
      return [place, piece];
    });
    find(operation, `pre[data-language=${language}] code`, HTMLElement).replaceChildren(...nodes);
  }
  showTokens();
}

/** @param {string} text */
function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text === '' ? 'The answer has no body.' : text;
  }
}

/** JSON, in which the names of members and the texts are marked for colours. @param {string} text */
function coloured(text) {
  return text.split(/("(?:[^"\\]|\\.)*"(?:: )?)/).map((piece) => {
    if (!piece.startsWith('"')) return piece;
    const marked = element('span', piece);
    marked.className = piece.endsWith(': ') ? 'key' : 'text';
    return marked;
  });
}

/** @param {string} name @param {string} text */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
