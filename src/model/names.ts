import type { UserError } from './user-error.ts';

/** The most code points that a name may have. */
export const NAME_LENGTH = 64;

// What Python's str.strip() takes off, which is what the REST contract trims (30-create, "name is trimmed of Unicode
// space"). JavaScript's trim() leaves U+001C to U+001F and U+0085 on, and takes U+FEFF off.
const SPACE = '[\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
// oxlint-disable-next-line no-control-regex -- all of ASCII, control characters included
const ASCII = /^[\0-\x7f]*$/;
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'gu');

/** A name that keeps every rule but uniqueness, which only the database can tell. */
export interface Name {
  readonly text: string;
  /** Equal for names that differ in case alone. */
  readonly key: string;
}

/** The name as it is stored: without the white space around it. */
export function trimName(input: string): string {
  return input.replace(AROUND, '');
}

/** Either the name, or everything that is wrong with it. */
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
      message: `A name is needed: 1 to ${NAME_LENGTH} characters that are not all white space.`,
    };
    return;
  }
  const length = [...text].length;
  if (length > NAME_LENGTH) {
    yield {
      field,
      code: 'TOO_LONG',
      message: `The name has ${length} characters; it can have at most ${NAME_LENGTH}.`,
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
    message: `The name contains the character ${shown}; names can have any others, but not " or \\.`,
    character: shown,
  };
}

/**
 * Equal for texts that differ in case alone, in every script: Unicode's full case folding (section 3.13, D145), so that
 * `ÉTÉ` is `été`, `ΣΑΣ` is `σας` and `STRASSE` is `Straße`. It is taken character by character, because toLowerCase()
 * of a whole word depends on where a sigma stands; and the dotless ı is a letter of its own.
 */
export function foldName(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) {
    folded += character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase();
  }
  return folded;
}

/** What to look a name up by; null when no name can be like the text, which then need not be asked of a database. */
export function lookupKey(text: string): string | null {
  const possible = text !== '' && !text.includes('\0') && text.isWellFormed() && [...text].length <= NAME_LENGTH;
  return possible ? foldName(text) : null;
}
