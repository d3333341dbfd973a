// @ts-check
/* oxlint-disable unicorn/require-post-message-target-origin -- a BroadcastChannel has no other origins */
/**
 * The token that requests are made with: the same sessionStorage entry and the same talk between tabs as the console's,
 * so that one sign-in serves both. It is never kept in localStorage, where the playground keeps tabs and history.
 */
const KEY = 'campaigns.token';
const ANSWER_WITHIN_MS = 150;

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
 * Asks the console's tabs for the token that they are signed in with.
 * @param {() => void} onSignedOut what to do when the console signs out
 * @returns {Promise<void>}
 */
export function shareWithOtherTabs(onSignedOut) {
  if (typeof BroadcastChannel === 'undefined') return Promise.resolve();
  const channel = new BroadcastChannel('campaigns.session');
  return new Promise((resolve) => {
    channel.addEventListener('message', ({ data }) => {
      if (data.kind === 'ask' && readToken() !== '') channel.postMessage({ kind: 'token', token: readToken() });
      if (data.kind === 'token' && readToken() === '') keepToken(data.token);
      if (data.kind === 'signed-out') {
        keepToken('');
        onSignedOut();
      }
      if (data.kind === 'token') resolve();
    });
    if (readToken() !== '') resolve();
    else channel.postMessage({ kind: 'ask' });
    setTimeout(resolve, ANSWER_WITHIN_MS);
  });
}
