import { currentFormatLocale } from '../language/language.ts';

/** A day that the server knows in UTC only. In the user's own time zone it could be the day before. */
export function UtcDay({ iso }: { iso: string }) {
  const format = new Intl.DateTimeFormat(currentFormatLocale(), {
    dateStyle: 'medium',
    timeZone: 'UTC',
    calendar: 'gregory',
  });
  return <time dateTime={iso.slice(0, 10)}>{format.format(new Date(iso))}</time>;
}
