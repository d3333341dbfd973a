/* oxlint-disable unicorn/require-post-message-target-origin -- a BroadcastChannel has no other origins */
/**
 * One sign-in for all tabs: a new tab asks the others for the token, and signing out of one signs out of all. The
 * messages stay between pages of this origin and are stored nowhere.
 */
type Message = { kind: 'ask' } | { kind: 'token'; token: string } | { kind: 'signed-out' };

export interface OtherTabs {
  askForToken: () => void;
  tellSignedOut: () => void;
  close: () => void;
}

/** What this tab says, and does with what it hears. */
interface Part {
  token: () => string | undefined;
  /** Another tab's answer, which may come late when that tab is busy. */
  hearToken: (token: string) => void;
  hearSignedOut: () => void;
}

export function joinOtherTabs(part: Part): OtherTabs {
  // Old browsers lack the channel; there each tab signs in for itself.
  if (typeof BroadcastChannel === 'undefined') {
    return { askForToken() {}, tellSignedOut() {}, close() {} };
  }
  const channel = new BroadcastChannel('campaigns.session');
  const send = (message: Message) => channel.postMessage(message);

  channel.addEventListener('message', (event: MessageEvent<Message>) => {
    switch (event.data.kind) {
      case 'ask': {
        const token = part.token();
        if (token !== undefined) send({ kind: 'token', token });
        break;
      }
      case 'token':
        part.hearToken(event.data.token);
        break;
      case 'signed-out':
        part.hearSignedOut();
        break;
    }
  });

  return {
    askForToken: () => send({ kind: 'ask' }),
    tellSignedOut: () => send({ kind: 'signed-out' }),
    close: () => channel.close(),
  };
}
