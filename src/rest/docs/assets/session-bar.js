// @ts-check
import { find } from './find.js';
import { onToken, readToken, signIn, signOut } from './session.js';

const form = find(document, '#sign-in', HTMLFormElement);
const input = find(document, '#token', HTMLInputElement);
const state = find(document, '#session-state', HTMLElement);
const out = find(document, '#sign-out', HTMLButtonElement);

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = input.value;
  input.value = '';
  signIn(text);
  if (readToken() === '') input.focus();
});
out.addEventListener('click', () => {
  signOut();
  input.focus();
});

// Nothing is sent: whether the token works shows when it is used.
onToken(() => {
  const signedIn = readToken() !== '';
  const { activeElement: focused } = document;
  form.hidden = signedIn;
  out.hidden = !signedIn;
  state.textContent = signedIn
    ? 'Signed in. The examples can be copied with your token.'
    : 'Sign in to send requests, and to copy the examples with your token.';
  // The focus goes from a control that is hidden now to what has taken its place.
  if (focused?.closest('[hidden]')) (signedIn ? state : input).focus();
});
