// Imports within the console run one way:
// main -> app -> app-shell -> find -> activity, people, spreadsheet, webhooks -> campaigns -> groups -> changes -> upstream -> list, session -> ui -> api -> language, generated.
import { SignIn } from './session/sign-in.tsx';
import { SignedIn } from './session/signed-in.tsx';
import { useSession } from './session/use-session.ts';
import { AppShell } from './app-shell.tsx';
import { fillCache } from './start.ts';

export function App() {
  const { session, signIn, signOut } = useSession();
  switch (session.state) {
    case 'signed-out':
      return <SignIn reason={session.reason} onToken={signIn} />;
    case 'signed-in':
      // The key gives each token a state of its own, because data fetched with another token must not be shown.
      return (
        <SignedIn key={session.token} token={session.token} signOut={signOut} fillCache={fillCache}>
          <AppShell token={session.token} signIn={signIn} signOut={() => signOut('chosen')} />
        </SignedIn>
      );
    // The page's own frame is shown.
    case 'asking':
      return null;
  }
}
