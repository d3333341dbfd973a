import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { joinOtherTabs, type OtherTabs } from './other-tabs.ts';
import { forgetToken, keepToken, readToken, takeTokenFromAddress } from './token.ts';

export type Session =
  /** Another tab is being asked for its token. */
  | { state: 'asking' }
  | { state: 'signed-out'; reason: 'new' | 'chosen' | 'refused' }
  | { state: 'signed-in'; token: string };

export interface SessionControl {
  session: Session;
  signIn: (token: string) => void;
  /** `chosen` by the person, in every tab; or `refused`, because the server no longer takes the token. */
  signOut: (reason: 'chosen' | 'refused') => void;
}

/** Another tab usually answers sooner than this; the sign-in page waits no longer for it. */
const ANSWER_WITHIN_MS = 150;

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
    forgetToken();
    setSession({ state: 'signed-out', reason });
    if (reason === 'chosen') otherTabs.current?.tellSignedOut();
  }, []);

  const waiting = session.state === 'asking' || (session.state === 'signed-out' && session.reason === 'new');
  const hearToken = useEffectEvent((token: string) => {
    // Who signed out, or is signed in already, is left as they are.
    if (waiting) signIn(token);
  });

  useEffect(() => {
    const tabs = joinOtherTabs({
      token: readToken,
      hearToken,
      hearSignedOut() {
        forgetToken();
        setSession({ state: 'signed-out', reason: 'chosen' });
      },
    });
    otherTabs.current = tabs;
    if (readToken() !== undefined) return tabs.close;
    tabs.askForToken();
    const giveUp = setTimeout(() => {
      setSession((now) => (now.state === 'asking' ? { state: 'signed-out', reason: 'new' } : now));
    }, ANSWER_WITHIN_MS);
    return () => {
      clearTimeout(giveUp);
      tabs.close();
    };
  }, []);

  // A sign-in link opened in a tab that already shows the console changes the fragment alone.
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
