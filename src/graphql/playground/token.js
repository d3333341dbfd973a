// @ts-check
/* oxlint-disable unicorn/require-post-message-target-origin -- a BroadcastChannel has no other origins */
/**
 * The token that requests are made with: the same sessionStorage entry and the same talk between tabs as the console's,
 * so that one sign-in serves both. It is never kept in localStorage, where the playground keeps tabs and history.
 */
const KEY = 'campaigns.token';

/** @returns {string} the token, or '' when there is none */
export function readToken() {
  return sessionStorage.getItem(KEY) ?? '';
}

/** @param {string} token */
export function keepToken(token) {
  if (token === '') sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, token);
}

/** Takes the token of a link (`/graphiql#token=…`) out of the address bar before anything can copy it from there. */
export function takeTokenFromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')?.trim();
  if (!token) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  keepToken(token);
}

/**
 * Asks the console's tabs for the token that they are signed in with, and gives them this tab's when they ask.
 * @param {() => void} onChange what to do when there is a token, or none any more
 */
export function shareWithOtherTabs(onChange) {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel('campaigns.session');
  channel.addEventListener('message', ({ data }) => {
    const token = readToken();
    if (data.kind === 'ask' && token !== '') channel.postMessage({ kind: 'token', token });
    if (data.kind === 'token' && token === '') {
      keepToken(data.token);
      onChange();
    }
    if (data.kind === 'signed-out') {
      keepToken('');
      onChange();
    }
  });
  if (readToken() === '') channel.postMessage({ kind: 'ask' });
}
