import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useExecute } from '../api/api-context.ts';
import { describeError, describeWait } from '../api/request-error.ts';
import { isOutage, useServerState, type Outage, type ServerMonitor } from '../api/server-monitor.ts';
import { t } from '../language/language.ts';
import { Button } from '../ui/button.tsx';
import { Message } from '../ui/message.tsx';
import { useMeasured, type Measure } from '../ui/use-measured.ts';
import { ViewerQuery } from './viewer.tsx';
import './server-banner.css';

const MIN_WAIT_MS = 1_000;
const MAX_WAIT_MS = 15_000;
/** The attempt number that does not wait. */
const TRY_NOW = -1;

/** How much of the window the banner covers at its top. */
const COVERED_ABOVE: Measure = { property: '--covered-above', of: (banner) => banner.offsetHeight };

/** Tells the user that the server is unavailable, and tries again until it is back. Then all data is fetched again. */
export function ServerBanner({ monitor }: { monitor: ServerMonitor }) {
  const state = useServerState(monitor);
  useRefreshAfter(isOutage(state));
  const banner = useRef<HTMLDivElement>(null);
  useMeasured(banner, COVERED_ABOVE);
  return (
    <div ref={banner} className="server-banner" role="status">
      {state.kind === 'outdated' ? (
        <p>
          <span>{describeError(state)}</span> <Button onPress={() => location.reload()}>{t('action.reload')}</Button>
        </p>
      ) : (
        isOutage(state) && <OutageNotice outage={state} />
      )}
    </div>
  );
}

/** Fetches all data again when an outage is over, whichever request has noticed it. */
function useRefreshAfter(outage: boolean): void {
  const queryClient = useQueryClient();
  const before = useRef(outage);
  useEffect(() => {
    if (before.current && !outage) void queryClient.invalidateQueries();
    before.current = outage;
  }, [queryClient, outage]);
}

/** Each outage has a notice of its own, whose waits begin with the shortest one. */
function OutageNotice({ outage }: { outage: Outage }) {
  const tryNow = useRetries(outage.kind === 'rate-limited' ? outage.retryAfterSeconds * 1_000 : MIN_WAIT_MS);
  return (
    <p>
      <span>
        {outage.kind === 'rate-limited' ? (
          <Message id="error.tooManyRequests" values={{ wait: <Countdown limit={outage} /> }} />
        ) : (
          t('error.outage', { message: describeError(outage) })
        )}
      </span>{' '}
      <Button onPress={tryNow}>{t('action.tryNow')}</Button>
    </p>
  );
}

/** Counts the seconds down until the server takes requests again. Screen readers do not read out each change of a timer. */
function Countdown({ limit }: { limit: Extract<Outage, { kind: 'rate-limited' }> }) {
  const [left, setLeft] = useState(limit.retryAfterSeconds);
  useEffect(() => {
    const end = Date.now() + limit.retryAfterSeconds * 1_000;
    const count = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1_000)));
    count();
    const timer = setInterval(count, 1_000);
    return () => clearInterval(timer);
  }, [limit]);
  return <span role="timer">{describeWait(left)}</span>;
}

/** Sends a small query again and again, with exponential backoff. Its outcome goes to the monitor. Returns a function that tries now. */
function useRetries(baseWait: number): () => void {
  const execute = useExecute();
  const [attempt, setAttempt] = useState(0);

  const probe = useEffectEvent(async () => {
    await execute(ViewerQuery, {}).catch(() => setAttempt((count) => count + 1));
  });

  useEffect(() => {
    const wait = attempt === TRY_NOW ? 0 : Math.max(baseWait, Math.min(MIN_WAIT_MS * 2 ** attempt, MAX_WAIT_MS));
    const tryNow = () => void probe();
    const timer = setTimeout(tryNow, wait);
    window.addEventListener('online', tryNow);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', tryNow);
    };
  }, [baseWait, attempt]);

  return () => setAttempt(TRY_NOW);
}
