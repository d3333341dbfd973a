/** A date of HTTP in one of its three forms (RFC 9110, 5.6.7) begins with the name of a day, and has a time of day. */
const DATE = /^[A-Z][a-z]+,? .*\d\d:\d\d:\d\d/;

/** The end of the form of asctime(), which names no zone. Its dates are in UTC all the same. */
const YEAR_AT_END = / \d{4}$/;

/**
 * How many seconds a Retry-After header asks to wait: seconds or a date (RFC 9110, 10.2.3). Returns null when the header is missing
 * or is neither. A date that has passed asks for nothing either: one of the two clocks is wrong.
 * @param time The current time in ms.
 */
export function secondsToWait(header: string | undefined, time: number): number | null {
  if (header === undefined) return null;
  if (/^\d+$/.test(header)) return Number(header);
  if (!DATE.test(header)) return null;
  const date = Date.parse(YEAR_AT_END.test(header) ? `${header} GMT` : header);
  return date > time ? Math.ceil((date - time) / 1000) : null;
}
