import { currentFormatLocale } from '../language/language.ts';

const STYLES = {
  day: { dateStyle: 'medium' },
  dayAndTime: { dateStyle: 'medium', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a format takes long, and a list has many times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A time in the user's own time zone and format. The tooltip has the exact UTC time. The calendar is the Gregorian one
 * everywhere, as in the API and in spreadsheets: browsers would choose another one for Saudi Arabia.
 */
export function Timestamp({ iso, precise = false }: { iso: string; precise?: boolean }) {
  const format = formatFor(currentFormatLocale(), precise ? 'dayAndTime' : 'day');
  return (
    <time dateTime={iso} title={iso}>
      {format.format(new Date(iso))}
    </time>
  );
}

function formatFor(locale: string, style: keyof typeof STYLES): Intl.DateTimeFormat {
  const key = `${locale} ${style}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, { ...STYLES[style], calendar: 'gregory' });
  formats.set(key, format);
  return format;
}
