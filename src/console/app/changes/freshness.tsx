import { t } from '../language/language.ts';
import { formatAge, useNow } from '../ui/time-ago.tsx';
import { useLiveData } from './use-live-data.ts';
import './freshness.css';

/** A stream tells every 20 seconds that it is alive. Where there is none, the server is asked more often. */
const FRESH_MS = 35_000;
const CHECK_MS = 5_000;

/** Keeps the data on the screen up to date, and says whether it is. */
export function Freshness() {
  const upToDateAt = useLiveData();
  const age = useNow(CHECK_MS) - upToDateAt;
  const fresh = age < FRESH_MS;
  return (
    <span className={fresh ? 'freshness' : 'freshness freshness-old'}>
      {fresh ? t('freshness.upToDate') : t('freshness.lastUpToDate', { age: formatAge(age) })}
    </span>
  );
}
