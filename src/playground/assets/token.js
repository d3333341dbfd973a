// @ts-check
/* oxlint-disable unicorn/require-post-message-target-origin -- a BroadcastChannel has no other origins */
/**
 * The API token of this tab. The playground and the console (src/console/app/session) share one sign-in, and both keep
 * to this contract:
 *
 * - sessionStorage has the token under `campaigns.token`, and no entry when there is none. It ends with the tab. A token
 *   is never put into localStorage, because that would leave a key behind on a shared machine.
 * - A link may carry a token in its fragment (`#token=…`), which browsers never send to a server. The page stores the
 *   token and removes the fragment from the address bar and the history at once.
 * - Tabs talk over the BroadcastChannel `campaigns.session`. A tab without a token sends `{ kind: 'ask' }`. A tab with
 *   one answers `{ kind: 'token', token }`, and a tab without one takes it. `{ kind: 'signed-out' }` makes every tab
 *   forget its token, and the tokens of other workspaces that the console keeps beside it.
 */
const KEY = 'campaigns.token';
const CHANNEL = 'campaigns.session';

/** @returns {string} The token, or '' when there is none. */
export function readToken() {
  return sessionStorage.getItem(KEY) ?? '';
}

/** @param {string} token The new token; '' forgets the present one. */
export function keepToken(token) {
  if (token === '') sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, token);
}

/** Stores the token of a link (`/graphiql#token=…`) and removes it from the address bar and the history. */
export function takeTokenFromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')?.trim();
  if (!token) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  keepToken(token);
}

/**
 * Shares one token between this tab and the others of this server, the console's included.
 * @param {() => void} onChange Called after another tab has changed this tab's token.
 */
export function shareWithOtherTabs(onChange) {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }) => {
    const token = readToken();
    if (data.kind === 'ask' && token !== '') channel.postMessage({ kind: 'token', token });
    if (data.kind === 'token' && token === '') {
      keepToken(data.token);
      onChange();
    }
    if (data.kind === 'signed-out') {
      sessionStorage.clear();
      onChange();
    }
  });
  if (readToken() === '') channel.postMessage({ kind: 'ask' });
}
