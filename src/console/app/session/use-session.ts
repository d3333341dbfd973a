import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { connectTabs, type OtherTabs, type StoredWorkspace } from './other-tabs.ts';
import { forgetAllTokens, forgetToken, keepToken, readToken, takeTokenFromAddress } from './token.ts';

export type Session =
  /** The console has asked the other tabs for a token and waits for an answer. */
  | { state: 'asking' }
  | { state: 'signed-out'; reason: 'new' | 'chosen' | 'refused' }
  | { state: 'signed-in'; token: string };

export interface SessionControl {
  session: Session;
  /** Also switches to another workspace. */
  signIn: (token: string) => void;
  /** `chosen`: the user signs out of all tabs, and of all workspaces. `refused`: the server no longer accepts the token of this tab. */
  signOut: (reason: 'chosen' | 'refused') => void;
}

/** What a signed-in user can do with the sign-in. */
export interface Account extends Pick<SessionControl, 'signIn'> {
  /** The present token. */
  token: string;
  signOut: () => void;
}

/** How long to wait for the token of another tab before the sign-in page is shown. */
const MAX_TAB_ANSWER_MS = 150;

export function useSession(): SessionControl {
  const [session, setSession] = useState<Session>(() => {
    const token = takeTokenFromAddress() ?? readToken();
    return token === undefined ? { state: 'asking' } : { state: 'signed-in', token };
  });
  const otherTabs = useRef<OtherTabs>(undefined);

  const signIn = useCallback((token: string) => {
    keepToken(token);
    setSession({ state: 'signed-in', token });
  }, []);

  const signOut = useCallback((reason: 'chosen' | 'refused') => {
    if (reason === 'refused') forgetToken();
    else {
      forgetAllTokens();
      otherTabs.current?.tellSignedOut();
    }
    setSession({ state: 'signed-out', reason });
  }, []);

  const waiting = session.state === 'asking' || (session.state === 'signed-out' && session.reason === 'new');
  const onToken = useEffectEvent((token: string, workspaces: readonly StoredWorkspace[]) => {
    // A user who has signed out, or is signed in, stays so.
    if (!waiting) return;
    for (const [key, value] of workspaces) sessionStorage.setItem(key, value);
    signIn(token);
  });

  useEffect(() => {
    const tabs = connectTabs({
      token: readToken,
      onToken,
      onSignedOut() {
        forgetAllTokens();
        setSession({ state: 'signed-out', reason: 'chosen' });
      },
    });
    otherTabs.current = tabs;
    if (readToken() !== undefined) return tabs.close;
    tabs.askForToken();
    const giveUp = setTimeout(() => {
      setSession((now) => (now.state === 'asking' ? { state: 'signed-out', reason: 'new' } : now));
    }, MAX_TAB_ANSWER_MS);
    return () => {
      clearTimeout(giveUp);
      tabs.close();
    };
  }, []);

  // A sign-in link that is opened in a tab of the console does not load the page again. It only changes the fragment.
  useEffect(() => {
    const take = () => {
      const token = takeTokenFromAddress();
      if (token !== undefined) signIn(token);
    };
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, [signIn]);

  return { session, signIn, signOut };
}
