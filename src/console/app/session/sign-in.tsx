import { useState, type FormEvent } from 'react';
import { executeAs } from '../api/execute.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/icon.tsx';
import { usePageTitle } from '../ui/page-heading.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { ViewerQuery } from './viewer.tsx';
import './sign-in.css';

interface Props {
  reason: 'new' | 'chosen' | 'refused';
  onToken: (token: string) => void;
}

/** Asks for a token and checks it. The address does not change, so that a shared link works after signing in. */
export function SignIn({ reason, onToken }: Props) {
  usePageTitle('Sign in');
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const key = cleanToken(token);
    if (key === '') return setError('Paste a token first.');
    setBusy(true);
    try {
      await executeAs(key)(ViewerQuery, {});
      onToken(key);
    } catch (thrown) {
      const details = errorDetails(thrown);
      setError(
        details.kind === 'forbidden'
          ? 'This token is good, but its role has no access to campaigns. Ask an administrator of the workspace.'
          : describeError(details),
      );
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={(event) => void submit(event)} noValidate>
        <Mark />
        <h1>Sign in to Campaigns</h1>
        <p className="sign-in-reason" role={reason === 'refused' ? 'alert' : undefined}>
          {REASONS[reason]}
        </p>
        <TextInput
          label="API token"
          type="password"
          value={token}
          onChange={(value) => {
            setToken(value);
            setError(undefined);
          }}
          error={error}
          autoFocus
          autoComplete="off"
          spellCheck="false"
        />
        <Button variant="primary" type="submit" busy={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
        <p className="sign-in-hint">The token is kept in this browser tab only, and is forgotten when it is closed.</p>
      </form>
    </main>
  );
}

const REASONS = {
  new: 'Use the API token of your workspace.',
  chosen: 'You are signed out.',
  refused: 'Your token is no longer accepted: it has expired or was revoked. Sign in with another one.',
};

/** The key in what the user pasted: either the key itself or a whole header line. */
function cleanToken(text: string): string {
  return text.trim().replace(/^(authorization:\s*)?(token|bearer)\s+/i, '');
}
