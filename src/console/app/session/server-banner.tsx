import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useExecute } from '../api/api-context.ts';
import { describeError } from '../api/request-error.ts';
import { useServerState, type ServerMonitor, type ServerState } from '../api/server-monitor.ts';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { ViewerQuery } from './viewer.tsx';
import './server-banner.css';

const MIN_WAIT_MS = 1_000;
const MAX_WAIT_MS = 15_000;
/** The attempt number that does not wait. */
const TRY_NOW = -1;

/** Tells the user that the server is unavailable, and tries again until it is back. Then all data is fetched again. */
export function ServerBanner({ monitor }: { monitor: ServerMonitor }) {
  const state = useServerState(monitor);
  const tryNow = useRetries(state);
  return (
    <div className="server-banner" role="status">
      {state.kind !== 'ok' && (
        <p>
          <span>{describe(state)}</span>{' '}
          {state.kind === 'outdated' ? (
            <Button onPress={() => location.reload()}>{t('action.reload')}</Button>
          ) : (
            <Button onPress={tryNow}>{t('action.tryNow')}</Button>
          )}
        </p>
      )}
    </div>
  );
}

function describe(state: Exclude<ServerState, { kind: 'ok' }>): string {
  const message = describeError(state);
  return state.kind === 'unreachable' || state.kind === 'unavailable' ? t('error.outage', { message }) : message;
}

/** Sends a small query, again and again with growing waits, while the server is unavailable. Returns "try now". */
function useRetries(state: ServerState): () => void {
  const execute = useExecute();
  const queryClient = useQueryClient();
  const [attempt, setAttempt] = useState(0);
  const unavailable = state.kind !== 'ok' && state.kind !== 'outdated';
  const baseWait = state.kind === 'rate-limited' ? state.retryAfterSeconds * 1_000 : MIN_WAIT_MS;

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
    if (!unavailable) return undefined;
    const wait = attempt === TRY_NOW ? 0 : Math.max(baseWait, Math.min(MIN_WAIT_MS * 2 ** attempt, MAX_WAIT_MS));
    const tryNow = () => void probe();
    const timer = setTimeout(tryNow, wait);
    window.addEventListener('online', tryNow);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', tryNow);
    };
  }, [unavailable, baseWait, attempt]);

  return () => setAttempt(TRY_NOW);
}
