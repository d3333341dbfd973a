// @ts-check
import { inHeader } from '../api/in-header.js';
import { connectTabs } from './other-tabs.js';
import { cleanToken, forgetAllTokens, keepToken, readToken, takeTokenFromAddress } from './token.js';
import { forgetToken } from './workspaces.js';

/** @type {Record<number, string>} */
const REFUSALS = {
  401: 'The server does not know this token: it may have expired or been revoked.',
  403: 'This token is good, but its role has no access.',
  429: 'The workspace has made too many requests, or too many wrong tokens have come from here: try again later.',
};

/**
 * @typedef {object} Bar
 * @property {HTMLElement} state Shows whether there is a token, and what the server says of it. Can be focused.
 * @property {HTMLFormElement} form
 * @property {HTMLInputElement} input The field for the token, in the form.
 * @property {HTMLButtonElement} [who] Asks the server whose the token is.
 * @property {HTMLButtonElement} out Signs out.
 * @property {{ signedIn: string, signedOut: string }} texts What `state` shows before the server has been asked.
 */

/**
 * The sign-in of the pages that are not the console: of the playground, and of the documentation of REST. It is shared with the other
 * tabs of this browser. Must be called once. The result sends the event `change` whenever the token may have changed, and `signed-out`
 * when the user has signed out, here or in another tab. Where the browser keeps no data, the page says so, and the browser's error is thrown.
 * @param {Bar} bar
 */
export function signInBar({ state, form, input, who, out, texts }) {
  try {
    readToken();
  } catch (error) {
    // A browser that may keep no data throws as soon as it is asked for what it has kept.
    state.textContent =
      'Signing in does not work, because the browser keeps no data for this page. Let it keep data (cookies), and reload the page.';
    throw error;
  }
  const events = new EventTarget();

  /** Whether this tab has had no token yet. Later, a token that another tab gives must not change whose data is shown here. */
  let isNew = true;

  /** @param {string} text @param {'none' | 'works' | 'refused'} [kind] */
  const show = (text, kind = 'none') => {
    const signedIn = readToken() !== undefined;
    const { activeElement: focused } = document;
    state.dataset['state'] = kind;
    state.textContent = text;
    form.hidden = signedIn;
    out.hidden = !signedIn;
    if (who) who.hidden = !signedIn || kind === 'works';
    events.dispatchEvent(new Event('change'));
    // The focus goes to what has taken the place of a hidden control. From the text it goes on to the form for another token.
    const isLost = focused?.closest('[hidden]') || (focused === state && !signedIn);
    if (isLost) (signedIn ? state : input).focus();
  };

  /** Shows whether there is a token. Nothing is sent: a token that another tab gave is not checked until it is used. */
  const showPresent = () => show(readToken() === undefined ? texts.signedOut : texts.signedIn);

  const signOut = () => {
    isNew = false;
    forgetAllTokens();
    showPresent();
    events.dispatchEvent(new Event('signed-out'));
  };

  /** Forgets a token that the server does not know, in this tab, and asks for another one. */
  const refuse = () => {
    const token = readToken();
    isNew = false;
    if (token !== undefined) forgetToken(token);
    show(REFUSALS[401] ?? '', 'refused');
  };

  const tabs = connectTabs({
    token: readToken,
    onToken(token) {
      if (!isNew) return;
      keepToken(token);
      showPresent();
    },
    onNoToken: showPresent,
    onSignedOut: signOut,
  });

  /**
   * Asks the server who owns the token, and shows the owner, or why the token does not work. The other tabs get it only if it works: they
   * would show that it was refused.
   */
  const check = async () => {
    const token = readToken();
    if (token === undefined) return;
    show('Asking…');
    try {
      const response = await askForOwner(token);
      const { data, errors } = await response.json();
      if (readToken() !== token) return;
      // The server accepts the token, but not this operation, because the operation is not registered.
      const isNotTrusted = errors?.[0]?.extensions?.code === 'DOCUMENT_NOT_TRUSTED';
      if (data?.viewer) {
        const { role, user, workspace } = data.viewer;
        show(`${user.email}, ${role.toLowerCase()} of ${workspace.name}`, 'works');
      } else if (isNotTrusted) show('The token works. This server runs registered operations only.', 'works');
      else if (response.status === 401) return refuse();
      else {
        const other = errors?.[0]?.message ?? `The server answered with ${response.status}.`;
        return show(REFUSALS[response.status] ?? other, 'refused');
      }
      tabs.tellSignedIn();
    } catch {
      show('The server cannot be reached.', 'refused');
    }
  };

  // A token from a sign-in link or from the form is checked at once, because the user wants to know whether it works.
  if (takeTokenFromAddress() !== undefined) void check();
  else if (readToken() === undefined) tabs.askForToken();
  else showPresent();
  addEventListener('hashchange', () => {
    if (takeTokenFromAddress() !== undefined) void check();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const token = cleanToken(input.value);
    if (token === '') return input.focus();
    input.value = '';
    keepToken(token);
    void check();
  });
  who?.addEventListener('click', () => void check());
  out.addEventListener('click', () => {
    signOut();
    tabs.tellSignedOut();
    input.focus();
  });
  return Object.assign(events, { refuse });
}

/** @param {string} token */
function askForOwner(token) {
  return fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${inHeader(token)}`,
    },
    body: JSON.stringify({ query: '{ viewer { role user { email } workspace { name } } }' }),
    credentials: 'omit',
    cache: 'no-store',
  });
}
