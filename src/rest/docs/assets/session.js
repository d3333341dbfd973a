// @ts-check
import { signInBar } from '../../../console/app/session/sign-in-bar.js';
import { find } from './find.js';

export const session = signInBar({
  state: find(document, '#session-state', HTMLElement),
  form: find(document, '#sign-in', HTMLFormElement),
  input: find(document, '#token', HTMLInputElement),
  out: find(document, '#sign-out', HTMLButtonElement),
  texts: {
    signedIn: 'Signed in. The examples can be copied with your token.',
    signedOut: 'Sign in to send requests, and to copy the examples with your token.',
  },
});
