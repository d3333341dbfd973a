import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../src/encoding/fold.ts';
import { lookupKey, MAX_NAME_LENGTH, parseName, parseWorkspaceName, trimName } from '../../src/model/names.ts';

/** The characters for which Python's str.isspace() is true, because existing clients trim names with it. */
const SPACES = [
  ...['\t', '\n', '\v', '\f', '\r', '\u001c', '\u001d', '\u001e', '\u001f', ' ', '\u0085', '\u00a0', '\u1680'],
  ...['\u2000', '\u2001', '\u2002', '\u2003', '\u2004', '\u2005', '\u2006', '\u2007', '\u2008', '\u2009', '\u200a'],
  ...['\u2028', '\u2029', '\u202f', '\u205f', '\u3000'],
];

/** Random text that often contains the characters that the rules mention. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(...SPACES, '"', '\\', '\0', '\ud800', '\udc00', '\ufeff', '😀', 'x'.repeat(30), '😀'.repeat(30)),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

/** The rules for names, written again without a regular expression. */
function rules(input: string): { text: string; codes: string[] } {
  const characters = Array.from(input);
  while (characters.length && SPACES.includes(characters[0] ?? '')) characters.shift();
  while (characters.length && SPACES.includes(characters.at(-1) ?? '')) characters.pop();
  const text = characters.join('');
  if (characters.length === 0) return { text, codes: ['BLANK'] };
  const forbidden = ['"', '\\', '\0'].filter((character) => characters.includes(character)).length;
  const codes = [
    ...(characters.length > 64 ? ['TOO_LONG'] : []),
    ...Array.from({ length: forbidden + (text.isWellFormed() ? 0 : 1) }, () => 'INVALID_CHARACTER'),
  ];
  return { text, codes };
}

/** The memory, in bytes, that doing something takes: the median of several tries, because the memory of others may be freed meanwhile. */
function memoryOf(work: () => void): number {
  const grown = Array.from({ length: 9 }, () => {
    const before = process.memoryUsage().heapUsed;
    work();
    return process.memoryUsage().heapUsed - before;
  });
  return grown.toSorted((one, other) => one - other)[4] ?? 0;
}

describe('a name', () => {
  it('is what the rules say, for any text', () => {
    fc.assert(
      fc.property(anyText, (input) => {
        const { text, codes } = rules(input);
        const parsed = parseName(input);
        if ('errors' in parsed) expect(parsed.errors.map(({ code }) => code)).toEqual(codes);
        else expect({ text: parsed.value.text, codes: [] }).toEqual({ text, codes });
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(SPACES.map((space) => [`U+${space.charCodeAt(0).toString(16).padStart(4, '0')}`, space]))(
    'is trimmed of %s at both ends and keeps it within',
    (_code, space) => {
      expect(trimName(`${space}${space}a${space}b${space}`)).toBe(`a${space}b`);
    },
  );

  it.each([
    ['a zero-width space', '\u200b'],
    ['a word joiner', '\u2060'],
    ['a byte order mark', '\ufeff'],
    ['a Mongolian vowel separator', '\u180e'],
  ])('keeps %s, which is no white space', (_what, character) => {
    expect(trimName(`${character}a${character}`)).toBe(`${character}a${character}`);
  });

  it.each([
    ['letters', 'x'],
    ['emoji, which are two units of UTF-16 each', '😀'],
    ['letters beyond the first plane', '𝒳'],
  ])('has up to 64 code points: %s', (_what, character) => {
    expect(parseName(character.repeat(MAX_NAME_LENGTH))).toMatchObject({ value: { text: character.repeat(64) } });
    expect(parseName(character.repeat(MAX_NAME_LENGTH + 1))).toMatchObject({ errors: [{ code: 'TOO_LONG' }] });
  });

  it('that is as long as a body is measured without a list of its characters', () => {
    const text = '\ufdfa'.repeat(320_000);
    expect(parseName(text)).toMatchObject({
      errors: [{ message: 'The name has 320000 characters; it can have at most 64.' }],
    });
    expect(memoryOf(() => parseName(text))).toBeLessThan(2 * text.length);
    expect(memoryOf(() => [...text].length)).toBeGreaterThan(2 * text.length);
  });

  it('is measured after it was trimmed', () => {
    expect(parseName(`   ${'x'.repeat(64)}   `)).toMatchObject({ value: { text: 'x'.repeat(64) } });
  });

  it('is told of everything that is wrong with it at once, with the characters', () => {
    const parsed = parseName(`${'x'.repeat(64)}"\\\0\ud800`);
    expect('errors' in parsed && parsed.errors.map(({ field, code, character }) => [field, code, character])).toEqual([
      [['name'], 'TOO_LONG', undefined],
      [['name'], 'INVALID_CHARACTER', '"'],
      [['name'], 'INVALID_CHARACTER', '\\'],
      [['name'], 'INVALID_CHARACTER', 'U+0000'],
      [['name'], 'INVALID_CHARACTER', 'U+D800'],
    ]);
    expect(parseName('a\0b')).toMatchObject({
      errors: [
        {
          message: 'The name contains the character U+0000; names cannot contain ", \\, U+0000 or a lone surrogate.',
        },
      ],
    });
  });
});

describe('names that differ only in case or in how accents are encoded', () => {
  it.each([
    ['été', 'ÉTÉ'],
    ['σας', 'ΣΑΣ'],
    ['σασ', 'σας'],
    ['Straße', 'STRASSE'],
    ['straße', 'STRAẞE'],
    ['ﬁn', 'FIN'],
    ['привет', 'ПРИВЕТ'],
    ['և', 'ԵՒ'],
    ['İstanbul', 'i̇stanbul'],
    ['ſea', 'SEA'],
    ['\u212Aelvin', 'kelvin'],
    ['ǆ', 'ǅ'],
    ['ꭰ', 'Ꭰ'],
    ['𐐨', '𐐀'],
    ['é', 'e\u0301'],
    ['ÉTÉ', 'e\u0301te\u0301'],
    ['가', '\u1100\u1161'],
  ])('%s and %s have one key', (one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it.each([
    ['ı', 'i', 'the dotless ı is a letter of its own'],
    ['ı', 'I', 'also beside a capital I'],
    ['e', 'é', 'accents count'],
    ['Ａ', 'A', 'width counts'],
    ['①', '1', 'a sign that looks alike is another one'],
  ])('%s and %s have two: %s', (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other));
  });

  it('are those that Unicode folds to the same, for every character there is', () => {
    // Compares with the simple case folding of regular expressions. It does not handle the different encodings of accents.
    const alike = new Map<string, string[]>();
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      const key = foldName(character);
      if (key === character && character.toUpperCase() === character) continue;
      alike.set(key, [...(alike.get(key) ?? []), character]);
    }
    const wrong: string[][] = [];
    for (const [key, characters] of alike) {
      for (const character of characters) {
        const one = new RegExp(`^${character.normalize('NFC')}$`, 'iu');
        const folded = [...key].length === 1 ? [key] : [];
        for (const other of [...characters, ...folded])
          if (!one.test(other.normalize('NFC'))) wrong.push([character, other]);
      }
    }
    expect(alike.size).toBeGreaterThan(1_300);
    expect(wrong).toEqual([]);
  });

  it('are found by any of their spellings, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('ı'));
        expect(foldName(text.toUpperCase())).toBe(foldName(text));
        expect(foldName(foldName(text))).toBe(foldName(text));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what a name is looked up by', () => {
  it.each([
    ['nothing', ''],
    ['more than may be folded', 'x'.repeat(8 * MAX_NAME_LENGTH + 1)],
    ['a NUL', 'a\0b'],
    ['half a surrogate pair', '\ud800'],
  ])('is nothing for %s', (_what, text) => {
    expect(lookupKey(text)).toBeNull();
  });

  it('is not trimmed', () => {
    expect(lookupKey(' a')).toBe(' a');
  });

  it('is there for the longer names that snapshots and live accounts may have', () => {
    expect(lookupKey('X'.repeat(2 * MAX_NAME_LENGTH))).toBe('x'.repeat(2 * MAX_NAME_LENGTH));
  });
});

describe('the name of a new workspace', () => {
  it('is one line of up to 128 characters without control characters, for any text', () => {
    // Unicode's line separators, and the control characters of ASCII and Latin-1.
    const isControl = (character: string) => {
      const code = character.codePointAt(0) ?? 0;
      return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
    };
    fc.assert(
      fc.property(anyText, (input) => {
        const { text } = rules(input);
        const characters = Array.from(text);
        const expected = [
          ...(characters.length === 0 ? ['BLANK'] : []),
          ...(characters.length > 128 ? ['TOO_LONG'] : []),
          ...(characters.some(isControl) ? ['INVALID_CHARACTER'] : []),
          ...(text.isWellFormed() ? [] : ['INVALID_CHARACTER']),
        ];
        const parsed = parseWorkspaceName(input);
        if ('errors' in parsed) expect(parsed.errors.map(({ code }) => code)).toEqual(expected);
        else expect({ text: parsed.value, codes: [] }).toEqual({ text, codes: expected });
      }),
      { numRuns: 2_000 },
    );
  });

  it('says which character it cannot contain, in a form that every terminal shows', () => {
    expect(parseWorkspaceName('a\u001bb')).toEqual({
      errors: [
        {
          field: ['name'],
          code: 'INVALID_CHARACTER',
          message:
            'The name contains the character U+001B; the name of a workspace is one line without control characters.',
          character: 'U+001B',
        },
      ],
    });
  });
});
