import { useEffect, useRef, useState } from 'react';
import { executeAs } from '../api/execute.ts';
import { describeError, errorDetails, type ErrorDetails } from '../api/request-error.ts';
import { t } from '../language/language.ts';
import { cleanToken } from './token.js';
import { readViewer } from './viewer.tsx';

type TokenError = ErrorDetails | { kind: 'token-missing' };

/** The token that the user types or pastes. `check` asks the server for its viewer, and calls `onToken` unless the field is gone by then. */
export function useTokenCheck(onToken: (token: string) => void) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<TokenError>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const check = async () => {
    const token = cleanToken(typed);
    if (token === '') return setError({ kind: 'token-missing' });
    const { signal } = (running.current = new AbortController());
    setBusy(true);
    try {
      await readViewer(executeAs(token), signal);
      if (!signal.aborted) onToken(token);
    } catch (thrown) {
      setError(errorDetails(thrown));
      setBusy(false);
    }
  };

  return {
    busy,
    setError,
    check,
    /** For the TextInput. */
    input: {
      value: typed,
      onChange(text: string) {
        setTyped(text);
        setError(undefined);
      },
      error: error && describeTokenError(error),
    },
  };
}

function describeTokenError(error: TokenError): string {
  switch (error.kind) {
    case 'token-missing':
      return t('signIn.tokenMissing');
    case 'forbidden':
      return t('signIn.noAccess');
    default:
      return describeError(error);
  }
}
