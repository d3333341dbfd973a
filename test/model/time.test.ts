import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime, parseTime } from '../../src/model/time.ts';

const micros = (text: string, rest = 0): number => Date.parse(text) * 1000 + rest;

const YEAR_1 = micros('0001-01-01T00:00:00Z');
const YEAR_2255 = Number.MAX_SAFE_INTEGER;

describe('a time that is read', () => {
  it.each([
    ['a year', '2024', micros('2024-01-01T00:00:00Z')],
    ['a month', '2024-05', micros('2024-05-01T00:00:00Z')],
    ['a month of one digit', '2024-5', micros('2024-05-01T00:00:00Z')],
    ['a day', '2024-05-30', micros('2024-05-30T00:00:00Z')],
    ['a day of one digit', '2024-5-3', micros('2024-05-03T00:00:00Z')],
    ['a day without hyphens', '20240530', micros('2024-05-30T00:00:00Z')],
    ['a day with one hyphen', '2024-0530', micros('2024-05-30T00:00:00Z')],
    ['a day with the other hyphen', '202405-30', micros('2024-05-30T00:00:00Z')],
    ['an hour', '2024-05-30T16', micros('2024-05-30T16:00:00Z')],
    ['a minute', '2024-05-30T16:10', micros('2024-05-30T16:10:00Z')],
    ['a minute without a colon', '2024-05-30T1610', micros('2024-05-30T16:10:00Z')],
    ['a second', '2024-05-30T16:10:47', micros('2024-05-30T16:10:47Z')],
    ['a second of one digit', '2024-05-30T16:10:7Z', micros('2024-05-30T16:10:07Z')],
    ['a second without colons', '20240530T161047Z', micros('2024-05-30T16:10:47Z')],
    ['a space for the T', '2024-05-30 16:10:47', micros('2024-05-30T16:10:47Z')],
    ['small letters', '2024-05-30t16:10:47z', micros('2024-05-30T16:10:47Z')],
    ['a tenth', '2024-05-30T16:10:47.1Z', micros('2024-05-30T16:10:47.100Z')],
    ['a fraction after a comma', '2024-05-30T16:10:47,125Z', micros('2024-05-30T16:10:47.125Z')],
    ['microseconds', '2024-05-30T16:10:47.125854Z', micros('2024-05-30T16:10:47.125Z', 854)],
    [
      'digits beyond them, which are cut off',
      '2024-05-30T16:10:47.125854999Z',
      micros('2024-05-30T16:10:47.125Z', 854),
    ],
    ['an offset', '2024-05-30T16:10:47+03:00', micros('2024-05-30T13:10:47Z')],
    ['an offset without a colon', '2024-05-30T16:10:47-0330', micros('2024-05-30T19:40:47Z')],
    ['an offset of hours', '2024-05-30T16:10:47+03', micros('2024-05-30T13:10:47Z')],
    ['an offset over the end of a year', '2023-12-31T23:30:00-01:00', micros('2024-01-01T00:30:00Z')],
    ['a leap day', '2024-02-29', micros('2024-02-29T00:00:00Z')],
    ['a time before 1970', '1969-12-31T23:59:59.999999Z', -1],
    ['the first year', '0001', YEAR_1],
    ['the last year', '9999-12-31T23:59:59Z', micros('9999-12-31T23:59:59Z')],
    ['the last microsecond', '9999-12-31T23:59:59.999999Z', micros('9999-12-31T23:59:59.999Z')],
    ['after the last year by its offset', '9999-12-31T23:59:59-01:00', micros('9999-12-31T23:59:59.999Z')],
  ])('can be %s', (_what, text, expected) => {
    expect(parseTime(text)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['words', 'yesterday'],
    ['a number of seconds', '1717085447.5'],
    ['a year of two digits', '24-05-30'],
    ['a year before the first', '0000-01-01'],
    ['a month without a hyphen', '202405'],
    ['a month without a hyphen, with a time', '202405T16'],
    ['a time without a day', '2024-05T16:10'],
    ['a month that is none', '2024-13'],
    ['a month of zero', '2024-00-10'],
    ['a day that is none', '2024-02-30'],
    ['a leap day of another year', '2023-02-29'],
    ['an hour that is none', '2024-05-30T24:00'],
    ['a minute that is none', '2024-05-30T16:60'],
    ['a second that is none', '2024-05-30T16:10:60'],
    ['an offset that is none', '2024-05-30T16:10:47+24:00'],
    ['white space around it', ' 2024-05-30 '],
    ['full-width digits', '２０２４-05-30'],
    ['a line more', '2024-05-30\n'],
  ])('cannot be %s', (_what, text) => {
    expect(parseTime(text)).toBeNull();
  });

  it.each([
    ['less than nothing is left of a millisecond', 141_764_507_640_666_990, '6462-05-03T21:54:00.667Z'],
    ['nothing is', 253_402_300_799_999_008, '9999-12-31T23:59:59.999Z'],
  ])('is shown to the millisecond where the microseconds are rounded so that %s', (_what, time, shown) => {
    expect(formatTime(time)).toBe(shown);
  });

  it('is shown with a year of four digits, however late it is', () => {
    expect(formatTime(parseTime('9999-12-31T23:59:59.999999Z') ?? 0)).toBe('9999-12-31T23:59:59.999Z');
  });

  it('is a whole number or null, for any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^\d{1,5}(-\d{1,3}){0,2}([T ]\d{1,3}(:?\d{1,3}){0,2}([.,]\d{0,9})?)?(Z|[+-]\d{1,5})?$/),
    );
    fc.assert(
      fc.property(text, (input) => {
        const parsed = parseTime(input);
        if (parsed !== null) expect(Number.isInteger(parsed)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a time that is shown', () => {
  it.each([
    ['milliseconds always', micros('2013-08-19T19:11:21.088Z'), '2013-08-19T19:11:21.088Z'],
    ['whole seconds with three zeros', micros('2013-08-19T19:11:21Z'), '2013-08-19T19:11:21.000Z'],
    ['microseconds where they are not zero', micros('2013-08-19T19:11:21.088Z', 7), '2013-08-19T19:11:21.088007Z'],
    ['a time before 1970', -1, '1969-12-31T23:59:59.999999Z'],
    ['the first year', YEAR_1, '0001-01-01T00:00:00.000Z'],
  ])('has %s', (_what, time, text) => {
    expect(formatTime(time)).toBe(text);
  });

  it('is read back to the microsecond, whatever was shown before it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: YEAR_1, max: YEAR_2255 }), { minLength: 1 }), (times) => {
        expect(times.map((time) => parseTime(formatTime(time)))).toEqual(times);
      }),
      { numRuns: 500 },
    );
  });

  it('is what Date shows of it, but for the microseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: YEAR_1 / 1000, max: Math.floor(YEAR_2255 / 1000) }), (millis) => {
        expect(formatTime(millis * 1000)).toBe(new Date(millis).toISOString());
      }),
    );
  });
});
