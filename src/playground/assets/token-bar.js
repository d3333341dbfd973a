// @ts-check
import { keepToken, readToken } from './token.js';

/**
 * @template {Element} Kind
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
function find(selector, kind) {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}

const form = find('.bar form', HTMLFormElement);
const input = find('#token', HTMLInputElement);
const state = find('#token-state', HTMLElement);

/** @param {'none' | 'works' | 'refused'} kind @param {string} text */
function show(kind, text) {
  state.dataset['state'] = kind;
  state.textContent = text;
}

/** Asks the server whose the token is, and shows that, or why the token does not work. */
export async function checkToken() {
  const token = readToken();
  if (token === '') return show('none', 'Paste an API token to run operations. The documentation needs none.');
  try {
    const response = await ask(token, { query: '{ viewer { role user { email } workspace { name } } }' });
    const { data, errors } = await response.json();
    if (data?.viewer) {
      const { role, user, workspace } = data.viewer;
      return show('works', `${user.email}, ${role.toLowerCase()} of ${workspace.name}`);
    }
    // The server accepts the token, but not this operation, because the operation is not registered.
    if (errors?.[0]?.extensions?.code === 'DOCUMENT_NOT_TRUSTED') {
      return show(
        'works',
        'The token works. This server runs registered operations only, so most of the playground is refused.',
      );
    }
    show(
      'refused',
      REFUSALS[response.status] ?? errors?.[0]?.message ?? `The server answered with ${response.status}.`,
    );
  } catch {
    show('refused', 'The server cannot be reached.');
  }
}

/** Shows and checks a token that did not come from the field: from a link, from storage or from another tab. */
export function showToken() {
  // An empty token does not clear the field while somebody is typing in it.
  if (readToken() !== '' || document.activeElement !== input) input.value = readToken();
  return checkToken();
}

/** @type {Record<number, string>} */
const REFUSALS = {
  401: 'The server does not know this token: it may have expired or been revoked.',
  403: 'This token is good, but its role has no access.',
  429: 'The workspace has made too many requests: try again later.',
};

/**
 * @param {string} token
 * @param {object} operation
 * @returns {Promise<Response>}
 */
export function ask(token, operation) {
  return fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(operation),
    credentials: 'omit',
  });
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  keepToken(input.value.trim().replace(/^(authorization:\s*)?(token|bearer)\s+/i, ''));
  void checkToken();
});
