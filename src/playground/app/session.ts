import { signInBar } from '../../console/app/session/sign-in-bar.js';
import { button, find } from './page.ts';

export const session = signInBar({
  state: find('session-state', HTMLElement),
  form: find('sign-in', HTMLFormElement),
  input: find('token', HTMLInputElement),
  who: button('who'),
  out: button('sign-out'),
  texts: { signedIn: 'Signed in', signedOut: 'The documentation needs no token.' },
});
