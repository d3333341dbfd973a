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
 * - The console keeps the other workspaces of the user there, too, under keys that begin with `campaigns.workspace `.
 *   While there is an entry `campaigns.left-by`, they may be another user's.
 * - Tabs talk over the BroadcastChannel `campaigns.session`. A tab without a token sends `{ kind: 'ask' }`. A tab with
 *   one answers `{ kind: 'token', token, lastFocus, workspaces }`: when it had the focus last, and the entries of the other
 *   workspaces. A tab without a token collects the answers for a moment, and takes the token of the tab that had the focus
 *   last, and the workspaces of all. As long as it has this token, it also takes the workspaces of later answers.
 *   A tab in which somebody signs in sends the same answer unasked. `{ kind: 'signed-out' }` makes every tab forget its token.
 *   A tab that was signed out takes no token from another tab until it is loaded again.
 * - Whoever signs out forgets all of sessionStorage, and the variables and the history of the playground: its operations
 *   are in localStorage under `campaigns.playground`.
 */
const KEY = 'campaigns.token';
const WORKSPACE_PREFIX = 'campaigns.workspace ';
const LEFT_BY = 'campaigns.left-by';
const OPERATIONS_KEY = 'campaigns.playground';

/** How long the answers of the other tabs are collected. */
const COLLECT_MS = 300;

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('campaigns.session');

/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {string} The token, or '' when there is none. */
export function readToken() {
  return sessionStorage.getItem(KEY) ?? '';
}

/** Only the texts of the playground's operations stay. */
function forgetRuns() {
  const text = localStorage.getItem(OPERATIONS_KEY);
  if (text === null) return;
  try {
    const kept = JSON.parse(text);
    const drafts = kept.drafts.map((/** @type {object} */ draft) => ({ ...draft, variables: '' }));
    localStorage.setItem(OPERATIONS_KEY, JSON.stringify({ ...kept, drafts, history: [] }));
  } catch {
    // The playground cannot read it either.
    localStorage.removeItem(OPERATIONS_KEY);
  }
}

/** @param {string} token The new token. '' signs out: whatever the pages have kept of the user is forgotten. */
function keepToken(token) {
  if (token === '') {
    sessionStorage.clear();
    forgetRuns();
  } else sessionStorage.setItem(KEY, token);
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
  sendToken();
}

/** Forgets the token in all tabs. */
export function signOut() {
  wasSignedOut = true;
  keepToken('');
  channel?.postMessage({ kind: 'signed-out' });
}

/** Stores the token of a link (`#token=…`) and removes it from the address bar and the history. */
function takeTokenFromAddress() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')?.trim();
  if (!token) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  keepToken(token);
  sendToken();
}

let lastFocus = document.hasFocus() ? Date.now() : 0;
const noteFocus = () => {
  if (document.visibilityState === 'visible') lastFocus = Date.now();
};
addEventListener('focus', noteFocus);
document.addEventListener('visibilitychange', noteFocus);

function workspacesToShare() {
  if (sessionStorage.getItem(LEFT_BY) !== null) return [];
  return Object.entries(sessionStorage).filter(([key]) => key.startsWith(WORKSPACE_PREFIX));
}

/** @typedef {{ token: string, lastFocus?: number, workspaces?: [key: string, value: string][] }} Answer */

/** @type {Answer[] | undefined} Undefined while none are collected. */
let answers;

/** The token that another tab has given to this one. */
let given = '';

/** Whether the user has signed out, here or in another tab. Then a token of another tab must not sign this one in. */
let wasSignedOut = false;

/** Gives the token to the tabs that have none. */
function sendToken() {
  const token = readToken();
  if (token !== '') channel?.postMessage({ kind: 'token', token, lastFocus, workspaces: workspacesToShare() });
}

/** @param {Answer[]} all */
function takeNewest(all) {
  const [newest] = all.toSorted((one, other) => (other.lastFocus ?? 0) - (one.lastFocus ?? 0));
  if (!newest) return;
  if (readToken() === '' && !wasSignedOut) {
    given = newest.token;
    keepToken(given);
  }
  // A busy tab may answer when this tab already has the token of another one. Then only its workspaces are taken.
  if (given === '' || readToken() !== given) return;
  for (const { workspaces = [] } of all) for (const entry of workspaces) sessionStorage.setItem(...entry);
}

function askForToken() {
  answers = [];
  setTimeout(() => {
    const collected = answers ?? [];
    answers = undefined;
    takeNewest(collected);
  }, COLLECT_MS);
  channel?.postMessage({ kind: 'ask' });
}

channel?.addEventListener('message', ({ data }) => {
  if (data.kind === 'ask') sendToken();
  if (data.kind === 'token') {
    if (answers) answers.push(data);
    else takeNewest([data]);
  }
  if (data.kind === 'signed-out') {
    if (answers) answers = [];
    wasSignedOut = true;
    keepToken('');
  }
});
takeTokenFromAddress();
addEventListener('hashchange', takeTokenFromAddress);
if (readToken() === '') askForToken();
