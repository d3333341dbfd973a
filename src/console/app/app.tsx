// Imports within the console go in one direction only: see APP_FOLDERS in .dependency-cruiser.mjs.
import { navigate } from 'wouter/use-browser-location';
import { clearScrollPositions } from './list/scroll-positions.ts';
import { SignIn } from './session/sign-in.tsx';
import { SignedIn } from './session/signed-in.tsx';
import { useSession } from './session/use-session.ts';
import { AppShell } from './app-shell.tsx';
import { fillCache } from './fill-cache.ts';

export function App() {
  const { session, signIn, shareAdded, signOut, leave } = useSession();
  const switchTo = (token: string, keepsAddress = false) => {
    // The address may name something of the present workspace.
    if (!keepsAddress) navigate('/');
    clearScrollPositions();
    signIn(token);
  };
  switch (session.state) {
    case 'signed-out':
      return <SignIn reason={session.reason} onToken={signIn} switchTo={switchTo} signOut={signOut} />;
    case 'signed-in':
      // The key gives each token a state of its own, because data fetched with another token must not be shown.
      return (
        <SignedIn
          key={session.token}
          token={session.token}
          switchTo={switchTo}
          signOut={signOut}
          leave={leave}
          fillCache={(...parts) => fillCache(...parts, shareAdded)}
        >
          <AppShell token={session.token} switchTo={switchTo} signOut={signOut} />
        </SignedIn>
      );
    // The page's own frame is shown.
    case 'asking':
      return null;
  }
}
