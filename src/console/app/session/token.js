// @ts-check
import { forgetRuns } from './playground-runs.js';

/**
 * The API token of this tab. It is kept in sessionStorage, which the browser deletes with the tab. localStorage would
 * leave the token on a shared computer. The token is never part of a URL that is sent, so that no log contains it.
 */
const KEY = 'campaigns.token';
/** The key of what kept.ts keeps. */
export const KEPT_KEY = 'campaigns.kept';

/** @returns {string | undefined} */
export function readToken() {
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** @param {string} token */
export function keepToken(token) {
  sessionStorage.setItem(KEY, token);
}

/** Forgets the present token and the data that was kept with it. For the tokens of other workspaces, see workspaces.js. */
export function forgetPresentToken() {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(KEPT_KEY);
}

/** Forgets all tokens, all kept data, and the variables and history of the playground. */
export function forgetAllTokens() {
  sessionStorage.clear();
  forgetRuns();
}

/**
 * The token of a sign-in link (`/#token=…`). Browsers do not send the fragment to the server. This function removes it
 * from the address bar and the history at once, so that nobody copies an address with a token in it.
 * @returns {string | undefined}
 */
export function takeTokenFromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')?.trim();
  if (!token) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  keepToken(token);
  return token;
}

/**
 * The token in what the user pasted: either the token itself or a whole header line.
 * @param {string} text
 */
export function cleanToken(text) {
  return text.trim().replace(/^(authorization:\s*)?(token|bearer)\s+/i, '');
}
