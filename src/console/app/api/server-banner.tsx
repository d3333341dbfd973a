import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { ViewerQuery } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { useExecute } from './api-context.ts';
import { useServerState, type ServerState, type ServerWatch } from './server-state.ts';
import { describeTrouble } from './trouble.ts';
import './server-banner.css';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** The attempt before the first: it does not wait. */
const TRY_NOW = -1;

/** Says that the server is away, keeps asking for it, and has everything looked at anew when it is back. */
export function ServerBanner({ server }: { server: ServerWatch }) {
  const state = useServerState(server);
  const tryNow = useRetries(state);
  return (
    <div className="server-banner" role="status">
      {state.kind !== 'well' && (
        <p>
          <span>{describe(state)}</span>{' '}
          {state.kind === 'outdated' ? (
            <Button onPress={() => location.reload()}>Reload</Button>
          ) : (
            <Button onPress={tryNow}>Try now</Button>
          )}
        </p>
      )}
    </div>
  );
}

function describe(state: Exclude<ServerState, { kind: 'well' }>): string {
  const trouble = describeTrouble(state);
  return state.kind === 'unreachable' ? `${trouble} What you see may be out of date. Trying again…` : trouble;
}

function useRetries(state: ServerState): () => void {
  const execute = useExecute();
  const queryClient = useQueryClient();
  const [attempt, setAttempt] = useState(0);
  const away = state.kind === 'unreachable' || state.kind === 'rate-limited';
  const baseWait = state.kind === 'rate-limited' ? state.retryAfterSeconds * 1_000 : FIRST_WAIT_MS;

  const probe = useEffectEvent(async () => {
    try {
      await execute(ViewerQuery, {});
      setAttempt(0);
      await queryClient.invalidateQueries();
    } catch {
      setAttempt((count) => count + 1);
    }
  });

  useEffect(() => {
    if (!away) return undefined;
    const wait = attempt === TRY_NOW ? 0 : Math.max(baseWait, Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS));
    const tryNow = () => void probe();
    const timer = setTimeout(tryNow, wait);
    window.addEventListener('online', tryNow);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', tryNow);
    };
  }, [away, baseWait, attempt]);

  return () => setAttempt(TRY_NOW);
}
