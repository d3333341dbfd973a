const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment in the reader's own time zone and way of writing, with the exact UTC time on hover. */
export function Moment({ iso, precise = false }: { iso: string; precise?: boolean }) {
  const date = new Date(iso);
  return (
    <time dateTime={iso} title={iso}>
      {(precise ? DAY_AND_TIME : DAY).format(date)}
    </time>
  );
}
