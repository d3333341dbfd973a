import { useCallback, useEffect, useRef, useState } from 'react';
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

  useEffect(() => {
    const tabs = joinOtherTabs({
      token: readToken,
      signedOut() {
        forgetToken();
        setSession({ state: 'signed-out', reason: 'chosen' });
      },
    });
    otherTabs.current = tabs;
    if (readToken() === undefined) {
      const take = (token: string | undefined) => {
        if (token !== undefined) return signIn(token);
        setSession((now) => (now.state === 'asking' ? { state: 'signed-out', reason: 'new' } : now));
      };
      void tabs.askForToken().then(take);
    }
    return () => tabs.close();
  }, [signIn]);

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
