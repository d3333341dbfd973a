import { currentFormatLocale } from '../language/language.ts';

const STYLES = {
  day: { dateStyle: 'medium' },
  precise: { dateStyle: 'medium', timeStyle: 'short' },
  weekday: { dateStyle: 'full' },
  clock: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A cache, because creating a format is slow and a list shows many times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A time in the user's own time zone and format. The tooltip has the exact UTC time. The calendar is the Gregorian one
 * everywhere, as in the API and in spreadsheets: browsers would choose another one for Saudi Arabia.
 */
export function Timestamp({ iso, show = 'day' }: { iso: string; show?: keyof typeof STYLES }) {
  return (
    <time dateTime={iso} title={iso}>
      {formatTimestamp(iso, show)}
    </time>
  );
}

/** The text of a `Timestamp`. Two times of one day have the same text as `day`. */
export function formatTimestamp(iso: string, show: keyof typeof STYLES): string {
  return formatFor(currentFormatLocale(), show).format(new Date(iso));
}

function formatFor(locale: string, style: keyof typeof STYLES): Intl.DateTimeFormat {
  const key = `${locale} ${style}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, { ...STYLES[style], calendar: 'gregory' });
  formats.set(key, format);
  return format;
}
