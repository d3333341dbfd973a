import { cleanToken } from '../../console/app/session/clean-token.ts';
import { connectTabs } from '../../console/app/session/other-tabs.ts';
import { forgetAllTokens, keepToken, readToken, takeTokenFromAddress } from '../../console/app/session/token.ts';
import { forgetToken } from '../../console/app/session/workspaces.ts';
import { button, find } from './page.ts';
import { send } from './send.ts';

const state = find('session-state', HTMLElement);
const form = find('sign-in', HTMLFormElement);
const input = find('token', HTMLInputElement);
const who = button('who');
const out = button('sign-out');

const REFUSALS: Record<number, string> = {
  401: 'The server does not know this token: it may have expired or been revoked.',
  403: 'This token is good, but its role has no access.',
  429: 'The workspace has made too many requests, or too many wrong tokens have come from here: try again later.',
};

function show(text: string, kind: 'none' | 'works' | 'refused' = 'none'): void {
  const signedIn = readToken() !== undefined;
  const { activeElement: focused } = document;
  state.dataset['state'] = kind;
  state.textContent = text;
  form.hidden = signedIn;
  out.hidden = !signedIn;
  who.hidden = !signedIn || kind === 'works';
  // The focus goes to what has taken the place of a hidden control. From the text it goes on to the form for another token.
  const isLost = focused?.closest('[hidden]') || (focused === state && !signedIn);
  if (isLost) (signedIn ? state : input).focus();
}

/** Shows whether there is a token. Nothing is sent: a token that another tab gave is not checked until it is used. */
function showPresent(): void {
  if (readToken() === undefined) show('The documentation needs no token.');
  else show('Signed in');
}

/** Asks the server who owns the token, and shows the owner, or why the token does not work. Resolves with whether it works. */
async function check(): Promise<boolean> {
  const token = readToken();
  if (token === undefined) return false;
  show('Asking…');
  try {
    const response = await send(token, { query: '{ viewer { role user { email } workspace { name } } }' });
    const { data, errors } = await response.json();
    if (readToken() !== token) return false;
    if (data?.viewer) {
      const { role, user, workspace } = data.viewer;
      show(`${user.email}, ${role.toLowerCase()} of ${workspace.name}`, 'works');
      return true;
    }
    // The server accepts the token, but not this operation, because the operation is not registered.
    if (errors?.[0]?.extensions?.code === 'DOCUMENT_NOT_TRUSTED') {
      show('The token works. This server runs registered operations only.', 'works');
      return true;
    }
    const other = errors?.[0]?.message ?? `The server answered with ${response.status}.`;
    if (response.status === 401) refuse();
    else show(REFUSALS[response.status] ?? other, 'refused');
  } catch {
    show('The server cannot be reached.', 'refused');
  }
  return false;
}

/** Whether this tab has had no token yet. Later, a token that another tab gives must not change whose data is shown here. */
let isNew = true;

/** Forgets a token that the server does not know, in this tab, and asks for another one. */
export function refuse(): void {
  const token = readToken();
  isNew = false;
  if (token !== undefined) forgetToken(token);
  show(REFUSALS[401] ?? '', 'refused');
}

/**
 * Shares the sign-in with the other tabs of this browser. Must be called once.
 * @param onSignedOut Called when the user has signed out, here or in another tab.
 */
export function startSession(onSignedOut: () => void): void {
  const signOut = () => {
    isNew = false;
    forgetAllTokens();
    showPresent();
    onSignedOut();
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
  // A token from a sign-in link or from the form is checked at once, because the user wants to know whether it works. The other tabs
  // get it only if it does: they would show that it was refused.
  const checkAndTell = async () => {
    if (await check()) tabs.tellSignedIn();
  };
  if (takeTokenFromAddress() !== undefined) void checkAndTell();
  else if (readToken() === undefined) tabs.askForToken();
  else showPresent();
  addEventListener('hashchange', () => {
    if (takeTokenFromAddress() !== undefined) void checkAndTell();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const key = cleanToken(input.value);
    if (key === '') return input.focus();
    input.value = '';
    keepToken(key);
    void checkAndTell();
  });
  who.addEventListener('click', () => void check());
  out.addEventListener('click', () => {
    signOut();
    tabs.tellSignedOut();
    input.focus();
  });
}
