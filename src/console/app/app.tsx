import { SignIn } from './session/sign-in.tsx';
import { SignedIn } from './session/signed-in.tsx';
import { useSession } from './session/use-session.ts';
import { Workplace } from './workplace.tsx';

export function App() {
  const { session, signIn, signOut } = useSession();
  switch (session.state) {
    case 'signed-out':
      return <SignIn reason={session.reason} onToken={signIn} />;
    case 'signed-in':
      // Another token is another world: nothing that was fetched with the former one outlives it.
      return (
        <SignedIn key={session.token} token={session.token} signOut={signOut}>
          <Workplace signOut={() => signOut('chosen')} />
        </SignedIn>
      );
    case 'asking':
      return null;
  }
}
