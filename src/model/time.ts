import type { Micros } from '../database/tables.ts';

/** The present moment. It has milliseconds; only loaded data has microseconds. */
export function now(): Micros {
  return Date.now() * 1000;
}

const DAY = 86_400_000;
let day = Number.NaN;
let dayText = '';

/**
 * RFC 3339 in UTC: three digits of fraction, and six where the microseconds are not zero.
 * It runs for each row of each list, hence without a Date but once a day, and remembers the last day it wrote.
 */
export function formatTime(micros: Micros): string {
  const millis = Math.floor(micros / 1000);
  const rest = micros - millis * 1000;
  const days = Math.floor(millis / DAY);
  if (days !== day) {
    dayText = new Date(days * DAY).toISOString().slice(0, -13);
    day = days;
  }
  const ms = millis - days * DAY;
  const seconds = Math.floor(ms / 1000);
  const fraction = pad3(ms % 1000) + (rest ? pad3(rest) : '');
  return `${dayText}${pad2(Math.floor(seconds / 3600))}:${pad2(Math.floor(seconds / 60) % 60)}:${pad2(seconds % 60)}.${fraction}Z`;
}

const TWO = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));
const pad2 = (n: number): string => TWO[n] ?? '';
const pad3 = (n: number): string => THREE[n] ?? '';

// The forms of ISO 8601 that the REST contract lists (23-filter-time): a year, a month, a day, with or without hyphens,
// a time with or without colons, seconds and a fraction after a point or a comma, and an offset.
const ISO = new RegExp(
  [
    String.raw`^(?<year>\d{4})`,
    String.raw`(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?|(?<compactMonth>\d{2})(?<compactDay>\d{2}))?`,
    String.raw`(?:[ Tt](?<hour>\d{2})(?::?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?)?`,
    String.raw`(?<zone>[Zz]|(?<sign>[+-])(?<offsetHour>\d{2}):?(?<offsetMinute>\d{2})?)?)?$`,
  ].join(''),
);

/**
 * The moment that an ISO 8601 text names, or null when it is none. Without an offset it is UTC; what is left out is the
 * first month, the first day, and zero; digits beyond the microseconds are cut off.
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
  return seconds * 1_000_000 + Number((parts.fraction ?? '').slice(0, 6).padEnd(6, '0'));
}
