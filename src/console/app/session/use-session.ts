import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { hasUnsaved } from '../ui/use-unsaved.ts';
import { connectTabs, type OtherTabs } from './other-tabs.js';
import { forgetAllTokens, keepToken, readToken, takeTokenFromAddress } from './token.js';
import { forgetToken, type AddedWorkspace } from './workspaces.js';

export type Session =
  /** The console has asked the other tabs for a token and waits for an answer. */
  | { state: 'asking' }
  /** The console asks the user for a token. */
  | { state: 'signed-out'; reason: SignedOutReason }
  | { state: 'signed-in'; token: string };

export type SignedOutReason =
  /** There was no token. */
  | 'new'
  /** The user has signed out. */
  | 'chosen'
  /** The same in another tab, and this page held something that was not saved. */
  | 'chosen-unsaved'
  /** The server no longer accepts the token. */
  | 'refused'
  /** The same, and the page held something that was not saved. */
  | 'refused-unsaved'
  /** The same, and what was typed into a form is kept: see drafts.ts. */
  | 'refused-kept'
  /** The user wants to sign in with another token, because the token's role has no access. */
  | 'other-token';

export interface SessionControl {
  session: Session;
  signIn: (token: string) => void;
  /** Gives a workspace that the user has added in this tab to the other tabs. */
  shareAdded: (added: AddedWorkspace) => void;
  /** Signs out of all tabs, and of all workspaces. */
  signOut: () => void;
  /** Forgets one token in this tab. */
  leave: (token: string, reason: LeaveReason) => void;
}

type LeaveReason = Exclude<SignedOutReason, 'new' | 'chosen' | 'chosen-unsaved'>;

/** What a signed-in user can do with the sign-in. */
export interface Account extends Pick<SessionControl, 'signOut'> {
  /** The present token. */
  token: string;
  /** Shows the workspace of another token: its first page, unless the present address is kept. */
  switchTo: (token: string, keepsAddress?: boolean) => void;
}

export function useSession(): SessionControl {
  const [session, setSession] = useState<Session>(() => {
    const token = takeTokenFromAddress() ?? readToken();
    return token === undefined ? { state: 'asking' } : { state: 'signed-in', token };
  });
  const otherTabs = useRef<OtherTabs>(undefined);

  const take = useCallback((token: string) => {
    keepToken(token);
    setSession({ state: 'signed-in', token });
  }, []);

  const signIn = useCallback(
    (token: string) => {
      take(token);
      otherTabs.current?.tellSignedIn();
    },
    [take],
  );

  const shareAdded = useCallback((added: AddedWorkspace) => otherTabs.current?.tellAdded(added), []);

  const signOut = useCallback(() => {
    forgetAllTokens();
    otherTabs.current?.tellSignedOut();
    setSession({ state: 'signed-out', reason: 'chosen' });
  }, []);

  const leave = useCallback((token: string, reason: LeaveReason) => {
    forgetToken(token);
    // The answer that refuses a token can come after the user has switched to another workspace.
    setSession((now) => (now.state === 'signed-in' && now.token === token ? { state: 'signed-out', reason } : now));
  }, []);

  const waiting = session.state === 'asking' || (session.state === 'signed-out' && session.reason === 'new');
  const onToken = useEffectEvent((token: string) => {
    // A token from another tab must not change the state of a user who has signed out.
    if (waiting) take(token);
  });

  useEffect(() => {
    const tabs = connectTabs({
      token: readToken,
      onToken,
      onNoToken() {
        setSession((now) => (now.state === 'asking' ? { state: 'signed-out', reason: 'new' } : now));
      },
      onSignedOut() {
        forgetAllTokens();
        setSession({ state: 'signed-out', reason: hasUnsaved() ? 'chosen-unsaved' : 'chosen' });
      },
    });
    otherTabs.current = tabs;
    if (readToken() === undefined) tabs.askForToken();
    // The token may be that of a sign-in link.
    else tabs.tellSignedIn();
    return tabs.close;
  }, []);

  // A sign-in link that is opened in a tab of the console does not load the page again. It only changes the fragment.
  useEffect(() => {
    const onLink = () => {
      const token = takeTokenFromAddress();
      if (token !== undefined) signIn(token);
    };
    window.addEventListener('hashchange', onLink);
    return () => window.removeEventListener('hashchange', onLink);
  }, [signIn]);

  return { session, signIn, shareAdded, signOut, leave };
}
