import { workspacesToShare, type StoredWorkspace } from './workspaces.ts';

/* oxlint-disable unicorn/require-post-message-target-origin -- a BroadcastChannel has one origin only */
/**
 * One sign-in for all tabs. A new tab asks the other tabs for the token. Signing out of one tab signs out of all. Only
 * pages of this origin receive the messages, and the browser does not store them.
 */
type Message =
  | { kind: 'ask' }
  /** The playground sends no workspaces, because it has one token only. */
  | { kind: 'token'; token: string; workspaces?: StoredWorkspace[] }
  | { kind: 'signed-out' };

export interface OtherTabs {
  askForToken: () => void;
  tellSignedOut: () => void;
  close: () => void;
}

interface Handlers {
  /** This tab's token, which is sent to tabs that ask for it. */
  token: () => string | undefined;
  /** Called with the token of another tab. This can be late, because the other tab may be busy. */
  onToken: (token: string, workspaces: readonly StoredWorkspace[]) => void;
  onSignedOut: () => void;
}

/** Connects this tab with the other tabs until `close` is called. */
export function connectTabs(handlers: Handlers): OtherTabs {
  // Without the channel (in old browsers) each tab has its own sign-in.
  if (typeof BroadcastChannel === 'undefined') {
    return { askForToken() {}, tellSignedOut() {}, close() {} };
  }
  const channel = new BroadcastChannel('campaigns.session');
  const send = (message: Message) => channel.postMessage(message);

  channel.addEventListener('message', (event: MessageEvent<Message>) => {
    switch (event.data.kind) {
      case 'ask': {
        const token = handlers.token();
        if (token === undefined) break;
        send({ kind: 'token', token, workspaces: workspacesToShare() });
        break;
      }
      case 'token':
        handlers.onToken(event.data.token, event.data.workspaces ?? []);
        break;
      case 'signed-out':
        handlers.onSignedOut();
        break;
    }
  });

  return {
    askForToken: () => send({ kind: 'ask' }),
    tellSignedOut: () => send({ kind: 'signed-out' }),
    close: () => channel.close(),
  };
}
