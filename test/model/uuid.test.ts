import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { newUuid, parseUuid } from '../../src/model/uuid.ts';
import { afterwards } from '../support/afterwards.ts';

const UUID = '089de107-5553-4c07-ab00-092b7869dae1';

describe('a UUID', () => {
  it.each([
    ['as it is shown', UUID],
    ['in capitals', UUID.toUpperCase()],
    ['without hyphens', UUID.replaceAll('-', '')],
    ['in braces', `{${UUID}}`],
    ['as a URN', `urn:uuid:${UUID}`],
    ['as a URN, the rest in capitals', `urn:uuid:${UUID.toUpperCase()}`],
    ['as a half of a URN', `uuid:${UUID}`],
    ['as a URN in braces', `{urn:uuid:${UUID}}`],
    ['with a brace too few', `${UUID}}`],
    ['with hyphens elsewhere', '089d-e107-5553-4c07-ab00-092b-7869-dae1'],
  ])('is read %s', (_how, text) => {
    expect(parseUuid(text)).toBe(UUID);
  });

  it.each([
    ['nothing', ''],
    ['a digit too few', UUID.slice(1)],
    ['a digit too many', `${UUID}0`],
    ['a letter that is no digit', UUID.replace('0', 'g')],
    ['white space around it', ` ${UUID} `],
    ['a URN in capitals', `URN:UUID:${UUID}`],
    ['a brace inside', UUID.replace('-', '{')],
    ['a long text', `${'-'.repeat(1_000_000)}${UUID}`],
    ['full-width digits', UUID.replace('0', '０')],
  ])('is not read from %s', (_what, text) => {
    expect(parseUuid(text)).toBeNull();
  });

  it('is read back as it was made', () => {
    const uuid = newUuid();
    expect(parseUuid(uuid)).toBe(uuid);
    expect(parseUuid(uuid.toUpperCase())).toBe(uuid);
  });

  it('is either one or null, for any text', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[{}0-9a-fA-F-]{30,40}$/));
    fc.assert(
      fc.property(text, (input) => {
        const parsed = parseUuid(input);
        if (parsed !== null) expect(parsed).toMatch(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/);
      }),
    );
  });
});

describe('a new UUID', () => {
  it('has the form of version 4, which clients check for', () => {
    expect(newUuid()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('is another one each time, also within a millisecond', () => {
    const made = Array.from({ length: 10_000 }, newUuid);
    expect(new Set(made).size).toBe(10_000);
  });

  it('comes after all that were made in earlier milliseconds', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    afterwards(() => vi.useRealTimers());
    const made = [0, 1, 1_795_000_000_000, 1_795_000_000_001, 2 ** 45].map((time) => {
      vi.setSystemTime(time);
      return newUuid();
    });
    expect(made.toSorted()).toEqual(made);
  });
});
