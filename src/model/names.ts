import type { UserError } from './user-error.ts';

/** The maximum length of a name, in code points. */
export const MAX_NAME_LENGTH = 64;

// The REST contract trims the characters that Python's str.strip() removes (30-create, "name is trimmed of Unicode
// space"). JavaScript's trim() differs: it keeps U+001C to U+001F and U+0085, and removes U+FEFF.
const SPACE = '[\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
// oxlint-disable-next-line no-control-regex -- all of ASCII, control characters included
const ASCII = /^[\0-\x7f]*$/;
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'gu');

/** A valid name. Whether it is unique is checked later, because only the database knows. */
export interface Name {
  readonly text: string;
  /** The folded name, for comparison: names that differ only in case have the same key. */
  readonly key: string;
}

/** Removes the white space at both ends of a name. */
export function trimName(input: string): string {
  return input.replace(AROUND, '');
}

/** Trims and checks a name. Returns the name, or all its errors together. */
export function parseName(input: string): { name: Name } | { errors: UserError[] } {
  const text = trimName(input);
  const errors = [...nameErrors(text)];
  return errors.length ? { errors } : { name: { text, key: foldName(text) } };
}

function* nameErrors(text: string): Iterable<UserError> {
  const field = ['name'];
  if (text === '') {
    yield {
      field,
      code: 'BLANK',
      message: `A name is needed: 1 to ${MAX_NAME_LENGTH} characters that are not all white space.`,
    };
    return;
  }
  const length = [...text].length;
  if (length > MAX_NAME_LENGTH) {
    yield {
      field,
      code: 'TOO_LONG',
      message: `The name has ${length} characters; it can have at most ${MAX_NAME_LENGTH}.`,
    };
  }
  for (const character of ['"', '\\', '\0']) if (text.includes(character)) yield invalidCharacter(character);
  const surrogate = /\p{Surrogate}/u.exec(text);
  if (surrogate) yield invalidCharacter(surrogate[0]);
}

function invalidCharacter(found: string): UserError {
  const shown = /[\0\p{Surrogate}]/u.test(found)
    ? `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : found;
  return {
    field: ['name'],
    code: 'INVALID_CHARACTER',
    message: `The name contains the character ${shown}; names cannot contain " or \\.`,
    character: shown,
  };
}

/**
 * Folds a text for comparison: texts that differ only in case, in any script, give the same result. This follows
 * Unicode's full case folding (section 3.13, D145): `ÉTÉ` equals `été`, `ΣΑΣ` equals `σας`, and `STRASSE` equals
 * `Straße`. Each character is folded alone, because toLowerCase() of a whole word writes a final sigma differently. The
 * dotless ı stays as it is, because it is another letter than i.
 */
export function foldName(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) {
    folded += character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase();
  }
  return folded;
}

/** The key to look a name up by. null when no valid name can contain the text; no query is needed then. */
export function lookupKey(text: string): string | null {
  const possible = text !== '' && !text.includes('\0') && text.isWellFormed() && [...text].length <= MAX_NAME_LENGTH;
  return possible ? foldName(text) : null;
}
