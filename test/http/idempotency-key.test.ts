import { describe, expect, it } from 'vitest';
import { MAX_KEY_LENGTH, parseIdempotencyKey } from '../../src/http/idempotency-key.ts';

const LONGEST = 'k'.repeat(MAX_KEY_LENGTH);

describe('the header Idempotency-Key', () => {
  it.each([
    ['a UUID between quotation marks, as the draft has it', '"8e03978e-40d5-43e8-bc93-6894a57f9324"'],
    ['the same UUID without quotation marks', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
  ])('has a key: %s', (_what, header) => {
    expect(parseIdempotencyKey(header)).toEqual({ key: '8e03978e-40d5-43e8-bc93-6894a57f9324' });
  });

  it.each([
    ['escaped characters', String.raw`"a\"b\\c"`, String.raw`a"b\c`],
    ['spaces, commas and semicolons between quotation marks', '"a, b; c"', 'a, b; c'],
    ['base64', 'Zm9v+/8=', 'Zm9v+/8='],
    ['one character', '"a"', 'a'],
    ['as many characters as are taken', LONGEST, LONGEST],
    [
      'as many escaped characters as are taken',
      `"${String.raw`\"`.repeat(MAX_KEY_LENGTH)}"`,
      '"'.repeat(MAX_KEY_LENGTH),
    ],
  ])('has a key: %s', (_what, header, key) => {
    expect(parseIdempotencyKey(header)).toEqual({ key });
  });

  it.each([
    ['nothing', ''],
    ['an empty text', '""'],
    ['too many characters', `${LONGEST}k`],
    ['too many characters between quotation marks', `"${LONGEST}k"`],
    ['an open quotation mark', '"a'],
    ['a quotation mark that is not escaped', '"a"b"'],
    ['an escape of a letter', String.raw`"\a"`],
    ['two headers, which arrive joined', '"a", "b"'],
    ['two headers without quotation marks', 'a, b'],
    ['two headers, as a list', ['a', 'b']],
    ['parameters', '"a";b=1'],
    ['a space without quotation marks', 'a b'],
    ['a tab', '"a\tb"'],
    ['a letter beyond ASCII', '"é"'],
    ['NUL', 'a\0'],
  ])('is refused with words that say what is right: %s', (_what, header) => {
    expect(parseIdempotencyKey(header)).toEqual({
      problem: expect.stringContaining('must be one key of 1 to 255 printable ASCII characters'),
    });
  });

  it('may be missing', () => {
    expect(parseIdempotencyKey(undefined)).toBeUndefined();
  });
});
