/* oxlint-disable unicorn/require-post-message-target-origin -- a BroadcastChannel has no other origins */
/**
 * One sign-in for all tabs: a new tab asks the others for the token, and signing out of one signs out of all. The
 * messages stay between pages of this origin and are stored nowhere.
 */
type Message = { kind: 'ask' } | { kind: 'token'; token: string } | { kind: 'signed-out' };

const ANSWER_WITHIN_MS = 150;

export interface OtherTabs {
  /** The token that another open tab is signed in with, or undefined when none answers in time. */
  askForToken: () => Promise<string | undefined>;
  tellSignedOut: () => void;
  close: () => void;
}

interface Answers {
  token: () => string | undefined;
  signedOut: () => void;
}

export function joinOtherTabs(answers: Answers): OtherTabs {
  // Old browsers lack the channel; there each tab signs in for itself.
  if (typeof BroadcastChannel === 'undefined') {
    return { askForToken: () => Promise.resolve(undefined), tellSignedOut() {}, close() {} };
  }
  const channel = new BroadcastChannel('campaigns.session');
  const send = (message: Message) => channel.postMessage(message);
  let heard: ((token: string) => void) | undefined;

  channel.addEventListener('message', (event: MessageEvent<Message>) => {
    switch (event.data.kind) {
      case 'ask': {
        const token = answers.token();
        if (token !== undefined) send({ kind: 'token', token });
        break;
      }
      case 'token':
        heard?.(event.data.token);
        break;
      case 'signed-out':
        answers.signedOut();
        break;
    }
  });

  return {
    askForToken: () =>
      new Promise((resolve) => {
        const done = (token?: string) => {
          heard = undefined;
          resolve(token);
        };
        heard = done;
        setTimeout(done, ANSWER_WITHIN_MS);
        send({ kind: 'ask' });
      }),
    tellSignedOut: () => send({ kind: 'signed-out' }),
    close: () => channel.close(),
  };
}
