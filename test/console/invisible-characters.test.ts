import { describe, expect, it } from 'vitest';
import { splitInvisible, withSigns } from '../../src/console/app/ui/invisible-characters.ts';
import { fixture } from '../support/fixture.ts';

describe('is marked', () => {
  it.each([
    ['a zero-width space', 'Far\u200Bmers', 'Far⟨ZWSP⟩mers'],
    ['a soft hyphen', 'Far\u00ADmers', 'Far⟨SHY⟩mers'],
    ['a byte order mark', '\uFEFFFarmers', '⟨BOM⟩Farmers'],
    ['a word joiner', 'Far\u2060mers', 'Far⟨WJ⟩mers'],
    ['a control of direction', '\u202EFarmers\u202C', '⟨RLO⟩Farmers⟨PDF⟩'],
    ['an isolate', '\u2067أمهات\u2069', '⟨RLI⟩أمهات⟨PDI⟩'],
    ['a mark of direction', 'أمهات\u200F\u200E\u061C', 'أمهات⟨RLM⟩⟨LRM⟩⟨ALM⟩'],
    ['a joiner between Latin letters', 'Far\u200Dme\u200Crs', 'Far⟨ZWJ⟩me⟨ZWNJ⟩rs'],
    ['a non-joiner after an Arabic letter that does not join', 'دار\u200Cها', 'دار⟨ZWNJ⟩ها'],
    ['a joiner between Arabic letters that are joined anyhow', 'مح\u200Dمد', 'مح⟨ZWJ⟩مد'],
    ['a joiner after nothing', '\u200D👩', '⟨ZWJ⟩👩'],
    ['a second joiner in an emoji', '👩\u200D\u200D🌾', '👩⟨ZWJ⟩⟨ZWJ⟩🌾'],
    ['a no-break space between words', 'Over\u00A0sixty', 'Over⟨NBSP⟩sixty'],
    ['a thin space', 'Over\u2009sixty', 'Over⟨U+2009⟩sixty'],
    ['an empty Braille cell', 'Over\u2800sixty', 'Over⟨U+2800⟩sixty'],
    ['a Hangul filler', 'Far\u3164mers', 'Far⟨U+3164⟩mers'],
    ['a tag', 'Far\u{E0041}mers', 'Far⟨U+E0041⟩mers'],
    ['a flag’s tags without their end', '🏴\u{E0067}\u{E0062}', '🏴⟨U+E0067⟩⟨U+E0062⟩'],
    ['a variation selector after a letter', 'Far\uFE0Fmers', 'Far⟨U+FE0F⟩mers'],
    ['a variation selector after a digit that is no keycap', '1\uFE0F', '1⟨U+FE0F⟩'],
    ['a control', 'Far\u0007mers', 'Far⟨U+0007⟩mers'],
    ['a line separator', 'Far\u2028mers', 'Far⟨U+2028⟩mers'],
  ])('%s', (_what, text, shown) => {
    expect(withSigns(text)).toBe(shown);
    const parts = splitInvisible(text);
    expect(parts.map((part) => (typeof part === 'string' ? part : part.character)).join('')).toBe(text);
  });
});

describe('is left alone', () => {
  it.each([
    ['Latin', 'Élevage: conseils du mois'],
    ['Arabic with vowel signs', 'الرِّضَاعَة'],
    ['the non-joiner of Persian', 'می\u200Cخواهم خانه\u200Cها'],
    ['the joiner of an Arabic abbreviation', 'سنة ١٤٤٥ ه\u200D'],
    ['the joiner of a Devanagari half form', 'क्\u200Dष'],
    ['the non-joiner of a visible virama', 'क्\u200Cष'],
    ['the joiner of Bengali', 'র\u200D্যাম'],
    ['the joiner of Sinhala', 'ශ්\u200Dරී ලංකා'],
    ['the joiner at the end of a Malayalam word', 'അവന്\u200D'],
    ['a family', '👩\u200D👩\u200D👧\u200D👦'],
    ['a farmer with a skin colour', '👩🏽\u200D🌾'],
    ['a flag', '🏳\uFE0F\u200D🌈'],
    ['the flag of Scotland', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['a heart', '❤\uFE0F'],
    ['a keycap', '1\uFE0F\u20E3'],
    ['the no-break spaces of French', '«\u00A0Pluies\u00A0» et semis\u202F: 10\u00A0kg'],
    ['the space of Japanese', '健康\u3000だより'],
    ['a variant of an ideograph', '葛\u{E0100}城'],
    ['Hangul', '건강 소식'],
    ['Mongolian', 'ᠮᠣᠩᠭᠣᠯ\u180Eᠠ'],
  ])('%s', (_what, text) => {
    expect(splitInvisible(text)).toEqual([text]);
  });
});

it('says what a character is', () => {
  expect(splitInvisible('a\u200Bb\u2009c')).toEqual([
    'a',
    { character: '\u200B', sign: 'ZWSP', code: '200B', nameId: 'character.200B' },
    'b',
    { character: '\u2009', sign: 'U+2009', code: '2009', nameId: 'character.invisible' },
    'c',
  ]);
});

it('the names of the contract’s data keep their characters', () => {
  for (const { name } of [...fixture.campaigns, ...fixture.groups]) {
    const parts = splitInvisible(name);
    expect(parts.map((part) => (typeof part === 'string' ? part : part.character)).join('')).toBe(name);
  }
});
