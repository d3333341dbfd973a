import { foldName, searchKey } from '../encoding/fold.ts';
import { isStorable } from '../encoding/storable.ts';
import type { Result, UserError } from './user-error.ts';

/** The maximum length of a name, in code points. */
export const MAX_NAME_LENGTH = 64;

/** The maximum length of a folded name: one character, the ligature ﷺ, becomes 18 letters. */
const MAX_KEY_LENGTH = 18 * MAX_NAME_LENGTH;

// The REST contract trims the characters that Python's str.strip() removes (30-create, "name is trimmed of Unicode
// space"). JavaScript's trim() differs: it keeps U+001C to U+001F and U+0085, and removes U+FEFF.
const SPACE = '[\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const WITHIN = new RegExp(`${SPACE}+`, 'u');
const IS_SPACE = new RegExp(`^${SPACE}$`, 'u');

/** The UTF-16 code units of white space, of which U+3000 is the last. Looking one up takes a small part of the time of a regular expression. */
const SPACES: ReadonlySet<number> = new Set(
  Array.from({ length: 0x3001 }, (_, unit) => unit).filter((unit) => IS_SPACE.test(String.fromCharCode(unit))),
);

/**
 * The maximum length of a name in UTF-16 code units, in any normalization form: NFD makes up to four characters of one (Unicode
 * Standard Annex 15), and a character has at most two units. Longer texts are not folded, because the time for folding grows with
 * the square of the length when many accents follow one letter. Names from snapshots and live accounts, which need not keep the rules for
 * names, are not longer either.
 */
export const MAX_ENCODED_LENGTH = 4 * 2 * MAX_NAME_LENGTH;

/**
 * How many words of a search are folded at most, how long they may be together, in UTF-16 code units, and into how many pieces its text is
 * split at most. All of these limit the time for folding. A name and the name of its group are shorter than that.
 */
const MAX_FOLDED_WORDS = 64;
const MAX_FOLDED_LENGTH = 4 * MAX_ENCODED_LENGTH;
const MAX_PIECES = 1_000;

/** The rule for one kind of name. */
interface NameRule {
  /** In code points. */
  readonly longest: number;
  /** Each matches a character that names cannot contain. Errors are reported in this order. */
  readonly forbidden: readonly RegExp[];
  /** What would be right, as the end of a sentence. */
  readonly right: string;
}

const NAME_RULE: NameRule = {
  longest: MAX_NAME_LENGTH,
  forbidden: [/"/, /\\/, /\0/, /\p{Surrogate}/u],
  right: 'names cannot contain ", \\, U+0000 or a lone surrogate',
};

/**
 * The name of a workspace is one line, because commands print it among other text. The maximum length is that of an organisation's
 * name in RapidPro (temba/orgs/models.py).
 */
const WORKSPACE_NAME_RULE: NameRule = {
  longest: 128,
  forbidden: [/[\p{Control}\u2028\u2029]/u, /\p{Surrogate}/u],
  right: 'the name of a workspace is one line without control characters',
};

/** A valid name. Whether it is unique is checked later, because only the database knows. */
export interface Name {
  readonly text: string;
  /** The folded name, for comparison: names that differ only in case or in how accents are encoded have the same key. */
  readonly key: string;
  /** The name folded for search. */
  readonly searchKey: string;
}

/** Removes the white space at both ends of a name. */
export function trimName(input: string): string {
  // Two loops, because a regular expression for the end would try to match at each white space within the text. The text can be as long as
  // a body.
  let start = 0;
  let end = input.length;
  while (start < end && SPACES.has(input.charCodeAt(start))) start += 1;
  while (start < end && SPACES.has(input.charCodeAt(end - 1))) end -= 1;
  return input.slice(start, end);
}

/** Trims and checks a name. Returns the name, or all its errors together. */
export function parseName(input: string): Result<Name> {
  const text = trimName(input);
  const errors = [...nameErrors(text, NAME_RULE)];
  return errors.length ? { errors } : { value: nameOf(text) };
}

/**
 * Trims and checks the name of a new workspace. Returns the name, or all its errors together. Workspaces that come from a snapshot or a
 * live account keep the names that they have there.
 */
export function parseWorkspaceName(input: string): Result<string> {
  const text = trimName(input);
  const errors = [...nameErrors(text, WORKSPACE_NAME_RULE)];
  return errors.length ? { errors } : { value: text };
}

/** The name with this text, which is known to be valid. */
export function nameOf(text: string): Name {
  return { text, key: foldName(text), searchKey: searchKey(text) };
}

/** The columns in which a table stores a name. */
export function nameColumns({ text, key, searchKey: search }: Name) {
  return { name: text, name_key: key, search_key: search };
}

function* nameErrors(text: string, { longest, forbidden, right }: NameRule): Iterable<UserError> {
  const field = ['name'];
  if (text === '') {
    yield {
      field,
      code: 'BLANK',
      message: `A name is needed: 1 to ${longest} characters that are not all white space.`,
    };
    return;
  }
  const length = codePoints(text);
  if (length > longest) {
    yield {
      field,
      code: 'TOO_LONG',
      message: `The name has ${length} characters; it can have at most ${longest}.`,
    };
  }
  for (const characters of forbidden) {
    const found = characters.exec(text);
    if (found) yield invalidCharacter(found[0], right);
  }
}

/** The length in code points, of a text that can be as long as a body. A list of them would take several times the text's memory. */
function codePoints(text: string): number {
  let count = 0;
  for (let place = 0; place < text.length; count++) place += (text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

function invalidCharacter(found: string, right: string): UserError {
  const shown = /[\p{Control}\p{Surrogate}\u2028\u2029]/u.test(found)
    ? `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : found;
  return {
    field: ['name'],
    code: 'INVALID_CHARACTER',
    message: `The name contains the character ${shown}; ${right}.`,
    character: shown,
  };
}

/**
 * The key to look a name up by. null: no name has this text, so that no query is needed. Texts that are longer than a valid name have a key,
 * because names from snapshots and live accounts can be longer.
 */
export function lookupKey(text: string): string | null {
  const isName = text !== '' && text.length <= MAX_ENCODED_LENGTH && isStorable(text);
  return isName ? foldName(text) : null;
}

/**
 * The words of a search, folded: the parts between white space. Words that are contained in other words are left out,
 * because a name with the longer one has the shorter one too. null when no name can have one of them, or when there are
 * more than MAX_FOLDED_WORDS, or when they are longer than MAX_FOLDED_LENGTH.
 *
 * @param fold How the searched column is folded.
 */
export function searchWords(text: string, fold = searchKey): readonly string[] | null {
  if (!isStorable(text)) return null;
  const typed = typedWords(text);
  if (areTooMany(typed) || typed.some(isTooLong)) return null;
  const words = folded(typed, fold);
  if (words.some((word) => [...word].length > MAX_KEY_LENGTH)) return null;
  return words.filter((word) => !words.some((other) => other !== word && other.includes(word)));
}

/** How many different words a search has. Words that are too long, or all when there are too many, are not folded. */
export function countWords(text: string, fold = searchKey): number {
  const typed = typedWords(text);
  if (areTooMany(typed)) return typed.length;
  return (
    folded(
      typed.filter((word) => !isTooLong(word)),
      fold,
    ).length + typed.filter(isTooLong).length
  );
}

/** The different words of a text, not folded. A text with too many words gives MAX_PIECES pieces, which may repeat or be empty. */
function typedWords(text: string): string[] {
  const pieces = text.split(WITHIN, MAX_PIECES);
  return pieces.length < MAX_PIECES ? [...new Set(pieces)].filter((word) => word !== '') : pieces;
}

function areTooMany(words: readonly string[]): boolean {
  const length = words.reduce((sum, word) => sum + (isTooLong(word) ? 0 : word.length), 0);
  return words.length > MAX_FOLDED_WORDS || length > MAX_FOLDED_LENGTH;
}

function isTooLong(word: string): boolean {
  return word.length > MAX_ENCODED_LENGTH;
}

/** Folds the words, and returns the different results. Folding can create white space, at which a word is split. */
function folded(words: readonly string[], fold: (text: string) => string): string[] {
  return [...new Set(words.flatMap((word) => fold(word).split(WITHIN)))].filter((word) => word !== '');
}
