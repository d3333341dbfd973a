// @ts-check
import { forgetEntries, forgetEntry, keepEntry, readEntry } from './entries.js';
import { forgetRuns } from './playground-runs.js';

/**
 * The API token of this tab. It is kept in sessionStorage, which the browser deletes with the tab. localStorage would
 * leave the token on a shared computer. The token is never part of a URL that is sent, so that no log contains it.
 */
const KEY = 'campaigns.token';
/** The key of the token that the present one has replaced. */
const EARLIER_KEY = 'campaigns.earlier-token';
/** The key of what kept.ts keeps. */
export const KEPT_KEY = 'campaigns.kept';
/** The key of what drafts.ts keeps. It stays when a token is refused, until its owner signs in again or another person does. */
export const DRAFT_KEY = 'campaigns.draft';

/** @returns {string | undefined} */
export function readToken() {
  return readEntry(KEY) ?? undefined;
}

/**
 * The token that the present one has replaced in this tab; undefined if there was none.
 * @returns {string | undefined}
 */
export function readEarlierToken() {
  return readEntry(EARLIER_KEY) ?? undefined;
}

/** @param {string} token */
export function keepToken(token) {
  const present = readToken();
  if (present !== undefined && present !== token) keepEntry(EARLIER_KEY, present);
  keepEntry(KEY, token);
}

/** Forgets the present token and the data that was kept with it. For the tokens of other workspaces, see workspaces.js. */
export function forgetPresentToken() {
  for (const key of [KEY, EARLIER_KEY, KEPT_KEY]) forgetEntry(key);
}

/** Forgets all tokens, all kept data, and the variables and history of the playground. */
export function forgetAllTokens() {
  forgetEntries();
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
