import type { Micros } from '../database/tables.ts';
import { putBytes, putPadded, stringOf } from '../encoding/ascii.ts';
import { lastingBytes } from '../memory/lasting-bytes.ts';

/** Lengths of time, to add to times and to compare with them. */
export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;

const DAY_MS = 86_400_000;

/**
 * One day. When the clock is set back by up to this much, or the times of stored rows are ahead by up to this much, new rows get a
 * later time than the clock shows, to keep their order. A greater difference is not a clock correction but a wrong date, which new
 * rows must not copy.
 */
export const MAX_CLOCK_STEP: Micros = DAY;

let latest: Micros = 0;

/** The clock's time, exact to the millisecond. For comparison with times that people set, such as an expiry. */
export function clockTime(): Micros {
  return Date.now() * 1000;
}

/**
 * The current time for new data, exact to the millisecond. Only loaded data has microseconds. When the clock is set back by up to
 * MAX_CLOCK_STEP, the time stands still until the clock has caught up.
 */
export function now(): Micros {
  const time = clockTime();
  latest = time < latest && latest - time <= MAX_CLOCK_STEP ? latest : time;
  return latest;
}

/** Whether an expiry has come. null: it never does. */
export function hasExpired(expiresOn: Micros | null): boolean {
  return expiresOn !== null && expiresOn <= clockTime();
}

/** Whether a time is kept exactly to the microsecond, as a safe integer: it is from 1684 to 2255. */
export function isExact(time: Micros): boolean {
  return Number.isSafeInteger(time);
}

/** The maximum length of the text of a time, in bytes. */
export const TIME_LENGTH = 27;

let day = Number.NaN;
let dayText: Uint8Array = new Uint8Array();

/**
 * Writes the time at `at` as RFC 3339 text in UTC, and returns the position after it. The fraction has three digits, or six when the
 * microseconds are not zero. The text of the last day is cached, because this runs for each row of each list and a Date for each
 * row would be slow.
 */
export function putTime(bytes: Uint8Array, at: number, micros: Micros): number {
  const millis = Math.floor(micros / 1000);
  const rest = micros - millis * 1000;
  const days = Math.floor(millis / DAY_MS);
  if (days !== day) {
    dayText = lastingBytes(new Date(days * DAY_MS).toISOString().slice(0, -13));
    day = days;
  }
  const ms = millis - days * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  let end = putBytes(bytes, at, dayText);
  end = putPadded(bytes, end, seconds / 3600, 2);
  bytes[end++] = COLON;
  end = putPadded(bytes, end, (seconds / 60) % 60, 2);
  bytes[end++] = COLON;
  end = putPadded(bytes, end, seconds % 60, 2);
  bytes[end++] = POINT;
  end = putPadded(bytes, end, ms % 1000, 3);
  // After the year 2255 `micros` is rounded, so that `rest` may be outside 0 to 999.
  if (rest > 0 && rest < 1000) end = putPadded(bytes, end, rest, 3);
  bytes[end++] = Z;
  return end;
}

/** The text that `putTime` puts. */
export function formatTime(micros: Micros): string {
  return stringOf(putTime, TIME_LENGTH, micros);
}

const [COLON, POINT, Z] = [0x3a, 0x2e, 0x5a];

// The forms of ISO 8601 that the REST contract lists (23-filter-time). The date is a year, a month or a day, with or
// without hyphens. The time may lack colons and seconds; its fraction follows a point or a comma. The offset is
// optional. Hyphens and colons may stand in some places only, and months, days and seconds may have one digit, because Python's iso8601
// reads such texts, which existing servers use. A time needs a day.
const ISO = new RegExp(
  [
    String.raw`^(?<year>\d{4})`,
    String.raw`(?:(?:-(?<month>\d{1,2})|(?<compactMonth>\d{2})(?!$))(?:(?:-(?<day>\d{1,2})|(?<compactDay>\d{2}))`,
    String.raw`(?:[ Tt](?<hour>\d{2})(?::?(?<minute>\d{2})(?::?(?<second>\d{1,2})(?:[.,](?<fraction>\d+))?)?)?`,
    String.raw`(?<zone>[Zz]|(?<sign>[+-])(?<offsetHour>\d{2}):?(?<offsetMinute>\d{2})?)?)?)?)?$`,
  ].join(''),
);

/** RFC 3339 has years of four digits. */
const LATEST: Micros = Date.parse('9999-12-31T23:59:59.999Z') * 1000;

/**
 * Parses an ISO 8601 text. Returns null when the text is not valid. A text without an offset is in UTC. A missing month or day is
 * the first one, and a missing time is midnight. Digits beyond the microseconds are cut off. After the year 2255 a number
 * cannot hold all microseconds, so they are rounded. A time that rounding or the offset moves into the year 10000 becomes the last
 * millisecond of 9999.
 */
export function parseTime(text: string): Micros | null {
  const parts = ISO.exec(text)?.groups;
  if (!parts) return null;
  const number = (name: string, otherwise = 0): number => Number(parts[name] ?? otherwise);

  const year = number('year');
  const month = parts.compactMonth === undefined ? number('month', 1) : number('compactMonth');
  const dayOfMonth = parts.compactDay === undefined ? number('day', 1) : number('compactDay');
  const [hour, minute, second] = [number('hour'), number('minute'), number('second')];
  const offset = (parts.sign === '-' ? -1 : 1) * (number('offsetHour') * 60 + number('offsetMinute'));

  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  const exists = year >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth;
  if (!exists || hour > 23 || minute > 59 || second > 59 || number('offsetHour') > 23 || number('offsetMinute') > 59) {
    return null;
  }
  const seconds = date.getTime() / 1000 + hour * 3600 + (minute - offset) * 60 + second;
  return Math.min(seconds * SECOND + Number((parts.fraction ?? '').slice(0, 6).padEnd(6, '0')), LATEST);
}
