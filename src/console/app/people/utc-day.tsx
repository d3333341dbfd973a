import { currentFormatLocale } from '../language/language.ts';

/** A day in UTC, because the server records no time of day. Converted to the user's time zone, it could become the day before. */
export function UtcDay({ iso }: { iso: string }) {
  const format = new Intl.DateTimeFormat(currentFormatLocale(), {
    dateStyle: 'medium',
    timeZone: 'UTC',
    calendar: 'gregory',
  });
  return <time dateTime={iso.slice(0, 10)}>{format.format(new Date(iso))}</time>;
}
