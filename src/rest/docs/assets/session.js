// @ts-check
/* oxlint-disable unicorn/require-post-message-target-origin -- a BroadcastChannel has no other origins */
/**
 * The API token of this tab. These pages, the playground and the console (src/console/app/session) share one sign-in, and
 * all keep to this contract:
 *
 * - sessionStorage has the token under `campaigns.token`, and no entry when there is none. It ends with the tab. A token
 *   is never put into localStorage, because that would leave a key behind on a shared machine.
 * - A link may carry a token in its fragment (`#token=…`), which browsers never send to a server. The page stores the
 *   token and removes the fragment from the address bar and the history at once.
 * - Tabs talk over the BroadcastChannel `campaigns.session`. A tab without a token sends `{ kind: 'ask' }`. A tab with
 *   one answers `{ kind: 'token', token }`, and a tab without one takes it. `{ kind: 'signed-out' }` makes every tab
 *   forget its token.
 */
const KEY = 'campaigns.token';

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('campaigns.session');

/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {string} The token, or '' when there is none. */
export function readToken() {
  return sessionStorage.getItem(KEY) ?? '';
}

/** @param {string} token The new token. '' signs out: whatever the pages have kept for this tab is forgotten. */
function keepToken(token) {
  if (token === '') sessionStorage.clear();
  else sessionStorage.setItem(KEY, token);
  for (const listener of listeners) listener();
}

/**
 * @param {() => void} listener Called now, and whenever the token has changed.
 */
export function onToken(listener) {
  listeners.add(listener);
  listener();
}

/** @param {string} text The key, or a whole header with it. */
export function signIn(text) {
  keepToken(text.trim().replace(/^(authorization:\s*)?(token|bearer)\s+/i, ''));
}

/** Forgets the token in all tabs. */
export function signOut() {
  keepToken('');
  channel?.postMessage({ kind: 'signed-out' });
}

/** Stores the token of a link (`#token=…`) and removes it from the address bar and the history. */
function takeTokenFromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')?.trim();
  if (!token) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  keepToken(token);
}

channel?.addEventListener('message', ({ data }) => {
  const token = readToken();
  if (data.kind === 'ask' && token !== '') channel.postMessage({ kind: 'token', token });
  if (data.kind === 'token' && token === '') keepToken(data.token);
  if (data.kind === 'signed-out') keepToken('');
});
takeTokenFromAddress();
addEventListener('hashchange', takeTokenFromAddress);
if (readToken() === '') channel?.postMessage({ kind: 'ask' });
