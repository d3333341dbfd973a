const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A time in the user's own time zone and format. The tooltip has the exact UTC time. */
export function Timestamp({ iso, precise = false }: { iso: string; precise?: boolean }) {
  const date = new Date(iso);
  return (
    <time dateTime={iso} title={iso}>
      {(precise ? DAY_AND_TIME : DAY).format(date)}
    </time>
  );
}
