import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUuid } from '../../src/encoding/uuid.ts';

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
