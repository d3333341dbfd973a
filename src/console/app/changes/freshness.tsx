import { useApi } from '../api/api-context.ts';
import { isOutage, useServerState } from '../api/server-monitor.ts';
import { t } from '../language/language.ts';
import { useViewer } from '../session/viewer.tsx';
import { lazyPart, nothing } from '../ui/lazy-part.tsx';
import { formatPastAge, useNow } from '../ui/time-ago.tsx';
import type { UpstreamState } from '../upstream/use-upstream.ts';
import { useUpstream } from '../upstream/use-upstream.ts';
import { useLiveData } from './use-live-data.ts';
import './freshness.css';

/** A stream tells every 20 seconds that it is alive. Where there is none, the server is asked more often. */
const FRESH_MS = 35_000;
const CHECK_MS = 5_000;

/** This code is loaded separately, because few workspaces are kept in a live account. */
const UpstreamLine = lazyPart<{ upstream: UpstreamState }>(
  async () => (await import('../upstream/upstream-line.tsx')).UpstreamLine,
  nothing,
  nothing,
);

/** Keeps the data on the screen up to date, and says whether it is. For a workspace in a live account, it says how fresh the mirror is. */
export function Freshness() {
  const upToDateAt = useLiveData();
  const age = useNow(CHECK_MS) - upToDateAt;
  const isAway = isOutage(useServerState(useApi().monitor));
  const isYoung = age < FRESH_MS && !isAway;
  // Of the data that an earlier visit has kept, it is not known yet whether it is up to date.
  const isUnknown = isYoung && Boolean(useViewer().kept);
  const upstream = useUpstream();
  return (
    <>
      <span className={`freshness ${isUnknown ? 'freshness-waiting' : isYoung ? '' : 'freshness-old'}`}>
        {isYoung ? t('freshness.upToDate') : t('freshness.lastUpToDate', { age: formatPastAge(age, 'second') })}
      </span>
      {upstream && <UpstreamLine upstream={upstream} />}
    </>
  );
}
