import { useEffect, useState } from 'react';
import { currentFormatLocale, t } from '../language/language.ts';
import { Timestamp } from './timestamp.tsx';

const MINUTE_MS = 60_000;
/** The units of the last week, the largest first, in ms. Older times are dates. */
const UNITS = [
  ['day', 24 * 60 * MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['minute', MINUTE_MS],
  ['second', 1_000],
] as const;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

/** Shows "3 minutes ago" and keeps it up to date. After a week it shows the date. The tooltip has the exact UTC time. */
export function TimeAgo({ iso }: { iso: string }) {
  const now = useNow();
  const age = now - Date.parse(iso);
  if (age >= WEEK_MS) return <Timestamp iso={iso} show="precise" />;
  return (
    <time dateTime={iso} title={iso}>
      {formatAge(age)}
    </time>
  );
}

/**
 * An age in ms in the language of the page: "now", "3 minutes ago". An age below one `smallest` unit is "now". So is a negative age,
 * because the clocks of the server and the browser can differ.
 */
export function formatAge(age: number, smallest: 'minute' | 'second' = 'minute'): string {
  const format = new Intl.RelativeTimeFormat(currentFormatLocale(), { numeric: 'auto' });
  const units = UNITS.filter(([unit]) => unit !== 'second' || smallest === 'second');
  const [unit, ms] = units.find(([, length]) => age >= length) ?? ['second', Infinity];
  return format.format(-Math.floor(Math.max(age, 0) / ms), unit);
}

/** An age in ms for a sentence about something that is over. Where `formatAge` says "now", it says "just now". */
export function formatPastAge(age: number, smallest: 'minute' | 'second' = 'minute'): string {
  return age < (smallest === 'minute' ? MINUTE_MS : 1_000) ? t('age.justNow') : formatAge(age, smallest);
}

/** The present time in ms since 1970. A component that uses it renders again every `interval` ms. */
export function useNow(interval = MINUTE_MS / 2): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now;
}
