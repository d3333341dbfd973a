// oxlint-disable-next-line no-control-regex -- all of ASCII, control characters included
const ASCII = /^[\0-\x7f]*$/;

/**
 * Folds a text for comparison: texts that differ only in case, in any script, or only in how their accents are encoded
 * (Unicode's NFC and NFD) give the same result. This follows Unicode's full case folding and canonical caseless matching
 * (section 3.13, D145): `ÉTÉ` equals `été`, `ΣΑΣ` equals `σας`, and `STRASSE` equals `Straße`. The dotless ı stays as it
 * is, because it is another letter than i.
 */
export function foldName(text: string): string {
  return ASCII.test(text) ? text.toLowerCase() : foldCase(text.normalize('NFC')).normalize('NFC');
}

/** Each character is folded alone, because toLowerCase() of a whole word writes a final sigma differently. */
function foldCase(text: string): string {
  let folded = '';
  for (const character of text) {
    folded += character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase();
  }
  return folded;
}

/**
 * What a search does not distinguish: accents of Latin, Greek and Cyrillic letters, Hebrew points, and Arabic vowel signs
 * and lengthening. The vowel signs of Indic scripts and of Thai are not among them, because without them a word is another
 * word. Characters that cannot be seen, such as a zero-width space, are among them.
 */
const IGNORED =
  // oxlint-disable-next-line no-misleading-character-class -- each of them is a mark of its own
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\p{Default_Ignorable_Code_Point}]/gu;

/** Letters that Unicode does not decompose into a base letter and an accent, each with what people type in its place. */
const BASE_LETTERS: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ħ: 'h', ŧ: 't', ð: 'd', ı: 'i', æ: 'ae', œ: 'oe' },
};
const WITH_BASE_LETTER = new RegExp(`[${Object.keys(BASE_LETTERS).join('')}]`, 'gu');

/**
 * Folds a text for search, both names and what is searched in them. It ignores more differences than `foldName`: `elevage` is
 * contained in `Élevage`, `lodz` in `Łódź`, and full-width `ＡＢＣ` equals `abc`. Folding a folded text changes nothing.
 */
export function searchKey(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  // Folding can make accents (the İ becomes an i with a dot above), and decomposing can make capitals (ℌ becomes an H).
  const bare = withoutMarks(foldCase(withoutMarks(foldCase(text.normalize('NFC')))));
  // The result is composed again. Otherwise a part of a Korean syllable, or a kana without its voicing mark, would be found as
  // a part of a word.
  return bare.replaceAll(WITH_BASE_LETTER, (letter) => BASE_LETTERS[letter] ?? letter).normalize('NFC');
}

function withoutMarks(text: string): string {
  return text.normalize('NFKD').replaceAll(IGNORED, '');
}
