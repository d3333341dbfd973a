import { isDeepStrictEqual } from 'node:util';
import { Mismatch, short } from './mismatch.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DATETIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/;

type Json = Record<string, unknown>;

/**
 * Throws a Mismatch if a value differs from the expected one. `url` is
 * the request's address. `where` names the value's position in the reply.
 */
export function match(wanted: unknown, got: unknown, url: string, where = 'body'): void {
  const bad = (why: string): never => {
    throw new Mismatch(`${where}: ${why}`);
  };
  if (typeof wanted === 'string' && wanted.startsWith('$') && !wanted.startsWith('$$')) {
    matchNamed(wanted, got, url, bad);
  } else if (isObject(wanted) && Object.keys(wanted).some((name) => name.startsWith('$'))) {
    for (const [operator, argument] of Object.entries(wanted)) {
      matchOperator(operator, argument, got, url, where, bad);
    }
  } else if (isObject(wanted)) {
    if (!isObject(got)) return bad(`wanted an object, got ${short(got)}`);
    const names = [Object.keys(wanted).toSorted(), Object.keys(got).toSorted()];
    if (!isDeepStrictEqual(names[0], names[1])) bad(`wanted the members ${String(names[0])}, got ${short(got)}`);
    for (const [name, member] of Object.entries(wanted)) match(member, got[name], url, `${where}.${name}`);
  } else if (Array.isArray(wanted)) {
    if (!Array.isArray(got)) return bad(`wanted a list, got ${short(got)}`);
    if (wanted.length !== got.length) bad(`wanted ${wanted.length} items, got ${got.length}: ${short(got)}`);
    wanted.forEach((item, i) => match(item, got[i], url, `${where}[${i}]`));
  } else {
    const value = typeof wanted === 'string' && wanted.startsWith('$$') ? wanted.slice(1) : wanted;
    if (value !== got) bad(`wanted ${short(value)}, got ${short(got)}`);
  }
  return undefined;
}

type Bad = (why: string) => never;

function matchNamed(name: string, got: unknown, url: string, bad: Bad): void {
  const need = (fits: boolean, what: string): void => {
    if (!fits) bad(`${short(got)} is not ${what}`);
  };
  switch (name) {
    case '$any':
      return undefined;
    case '$string':
      return need(typeof got === 'string', 'a string');
    case '$int':
      return need(Number.isInteger(got), 'an integer');
    case '$uuid':
      return need(typeof got === 'string' && UUID.test(got), 'a UUID');
    case '$datetime':
      return need(micros(got) !== null, 'a UTC time');
    case '$now': {
      const timestamp = micros(got);
      return need(timestamp !== null && Math.abs(Date.now() - Number(timestamp / 1000n)) < 600_000, 'the present time');
    }
    case '$cursorUrl':
      return need(isCursorUrl(got, url), `a page of ${url}`);
    case '$error':
      return need(isErrorBody(got), 'an object of messages');
    default:
      return bad(`the case has an unknown matcher ${name}`);
  }
}

function matchOperator(operator: string, argument: unknown, got: unknown, url: string, where: string, bad: Bad): void {
  const fits = (wanted: unknown, item: unknown): boolean => {
    try {
      match(wanted, item, url, where);
      return true;
    } catch (error) {
      if (error instanceof Mismatch) return false;
      throw error;
    }
  };
  const items = (): readonly unknown[] => (Array.isArray(got) ? got : bad(`wanted a list, got ${short(got)}`));
  switch (operator) {
    case '$oneOf':
      if (!list(argument).some((wanted) => fits(wanted, got))) bad(`${short(got)} is none of ${short(argument)}`);
      return undefined;
    case '$regex':
      if (typeof got !== 'string' || !new RegExp(String(argument), 'u').test(got)) {
        bad(`${short(got)} does not match /${String(argument)}/`);
      }
      return undefined;
    case '$instant':
      if (micros(got) === null || micros(got) !== micros(argument)) bad(`${short(got)} is not ${short(argument)}`);
      return undefined;
    case '$between': {
      const [low, high] = list(argument).map(Number);
      const number = typeof got === 'string' && got.trim() === '' ? Number.NaN : Number(got);
      if (!(Number.isInteger(number) && number >= Number(low) && number <= Number(high))) {
        bad(`${short(got)} is not between ${low} and ${high}`);
      }
      return undefined;
    }
    case '$contains':
      for (const [name, wanted] of Object.entries(object(argument))) {
        if (!isObject(got) || !(name in got)) return bad(`no ${name} in ${short(got)}`);
        match(wanted, got[name], url, `${where}.${name}`);
      }
      return undefined;
    case '$tokens': {
      const have = new Set((typeof got === 'string' ? got : '').split(',').map((token) => token.trim().toUpperCase()));
      const missing = list(argument).filter((token) => !have.has(String(token).toUpperCase()));
      if (missing.length) bad(`${short(got)} lacks ${missing.join(', ')}`);
      return undefined;
    }
    case '$len':
      if (items().length !== argument) bad(`wanted ${short(argument)} items, got ${items().length}`);
      return undefined;
    case '$pluck':
      for (const [name, values] of Object.entries(object(argument))) {
        const have = items().map((item) => (isObject(item) ? item[name] : undefined));
        if (!isDeepStrictEqual(have, values)) bad(`${name} is ${short(have)}, wanted ${short(values)}`);
      }
      return undefined;
    case '$first':
    case '$last': {
      const at = operator === '$first' ? 0 : items().length - 1;
      if (!items().length) bad('the list is empty');
      return match(argument, items()[at], url, `${where}[${at}]`);
    }
    case '$each':
      return items().forEach((item, i) => match(argument, item, url, `${where}[${i}]`));
    case '$startsWith':
      return match(argument, items().slice(0, list(argument).length), url, where);
    case '$includes':
    case '$excludes':
      for (const wanted of list(argument)) {
        const found = items().some((item) => fits(wanted, item));
        if (found !== (operator === '$includes')) bad(`${short(wanted)} is ${found ? 'in' : 'missing from'} the list`);
      }
      return undefined;
    default:
      return bad(`the case has an unknown matcher ${operator}`);
  }
}

/** Whether the value is the request's address with the same parameters and exactly one cursor. */
function isCursorUrl(got: unknown, url: string): boolean {
  if (typeof got !== 'string' || !URL.canParse(got)) return false;
  const [mine, asked] = [new URL(got), new URL(url)];
  if (mine.origin !== asked.origin || mine.pathname !== asked.pathname) return false;
  const rest = ({ searchParams }: URL) =>
    [...searchParams]
      .filter(([name]) => name !== 'cursor')
      .map(String)
      .toSorted();
  const cursors = mine.searchParams.getAll('cursor');
  return cursors.length === 1 && cursors[0] !== '' && isDeepStrictEqual(rest(mine), rest(asked));
}

function isErrorBody(got: unknown): boolean {
  const isMessage = (value: unknown): boolean => typeof value === 'string' && value !== '';
  return (
    isObject(got) &&
    Object.keys(got).length > 0 &&
    Object.values(got).every((v) => isMessage(v) || (Array.isArray(v) && v.length > 0 && v.every(isMessage)))
  );
}

/** A UTC time in microseconds; null if the value is not a UTC time. */
function micros(value: unknown): bigint | null {
  const [, seconds, fraction = ''] = (typeof value === 'string' && DATETIME.exec(value)) || [];
  if (seconds === undefined) return null;
  const millis = Date.parse(`${seconds}Z`);
  return Number.isNaN(millis) ? null : BigInt(millis) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`the case has ${short(value)} where a list is wanted`);
  return value;
}

function object(value: unknown): Json {
  if (!isObject(value)) throw new TypeError(`the case has ${short(value)} where an object is wanted`);
  return value;
}
