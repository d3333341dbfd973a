import type { MessageId } from '../language/message-id.ts';

/** An invisible character at a place where neither the script of the text nor an emoji needs it. */
export interface InvisibleCharacter {
  readonly character: string;
  /** A short sign, such as ZWSP. */
  readonly sign: string;
  /** Its hexadecimal code, such as 200B. */
  readonly code: string;
  /** The message with its name. */
  readonly nameId: MessageId;
}

const KNOWN: Record<string, readonly [sign: string, name: MessageId]> = {
  '00A0': ['NBSP', 'character.00A0'],
  '00AD': ['SHY', 'character.00AD'],
  '034F': ['CGJ', 'character.034F'],
  '061C': ['ALM', 'character.061C'],
  '200B': ['ZWSP', 'character.200B'],
  '200C': ['ZWNJ', 'character.200C'],
  '200D': ['ZWJ', 'character.200D'],
  '200E': ['LRM', 'character.200E'],
  '200F': ['RLM', 'character.200F'],
  '202A': ['LRE', 'character.202A'],
  '202B': ['RLE', 'character.202B'],
  '202C': ['PDF', 'character.202C'],
  '202D': ['LRO', 'character.202D'],
  '202E': ['RLO', 'character.202E'],
  '202F': ['NNBSP', 'character.202F'],
  '2060': ['WJ', 'character.2060'],
  '2066': ['LRI', 'character.2066'],
  '2067': ['RLI', 'character.2067'],
  '2068': ['FSI', 'character.2068'],
  '2069': ['PDI', 'character.2069'],
  FEFF: ['BOM', 'character.FEFF'],
};

/** Default ignorable characters of Unicode, control characters, and all spaces except U+0020 and the ideographic space. */
const CANDIDATE =
  /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zl}\p{Zp}\u00A0\u1680\u2000-\u200A\u202F\u205F\u2800\uFFF9-\uFFFB]/u;

/** Splits a text into what can be seen and the invisible characters between. */
export function splitInvisible(text: string): (string | InvisibleCharacter)[] {
  if (!CANDIDATE.test(text)) return [text];
  const parts: (string | InvisibleCharacter)[] = [];
  let shown = '';
  let place = 0;
  for (const character of text) {
    const next = place + character.length;
    if (CANDIDATE.test(character) && !isNeeded(character, text.slice(0, place), text.slice(next))) {
      if (shown !== '') parts.push(shown);
      shown = '';
      parts.push(described(character));
    } else {
      shown += character;
    }
    place = next;
  }
  if (shown !== '') parts.push(shown);
  return parts;
}

/** The text for places that can have no elements, such as the title of the window: "Far⟨ZWSP⟩mers". */
export function withSigns(text: string): string {
  return splitInvisible(text)
    .map((part) => (typeof part === 'string' ? part : `⟨${part.sign}⟩`))
    .join('');
}

function described(character: string): InvisibleCharacter {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const [sign = `U+${code}`, nameId = 'character.invisible'] = KNOWN[code] ?? [];
  return { character, sign, code, nameId };
}

/** Whether the character does something that can be seen, or belongs where it is, between what is before and after it. */
function isNeeded(character: string, before: string, after: string): boolean {
  switch (character) {
    case '\u200C':
      return (joinsForward(before) && isArabic(after)) || isAtVirama(before, after) || isBetweenCursive(before, after);
    case '\u200D':
      // Between two Arabic letters that are joined anyhow it changes nothing.
      return (
        (EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) ||
        joinsForward(before) !== isArabic(after) ||
        isAtVirama(before, after) ||
        isBetweenCursive(before, after)
      );
    case '\u00A0':
    case '\u202F':
      // French uses these spaces beside « » : ; ! ?, and between a number and its unit.
      return /[\p{N}\p{P}\p{S}]$/u.test(before) || /^[\p{N}\p{P}\p{S}]/u.test(after);
    case '\uFE0E':
    case '\uFE0F':
      return /\p{Extended_Pictographic}$/u.test(before) || (/[0-9#*]$/.test(before) && after.startsWith('\u20E3'));
    case '\u{E007F}':
      return /\u{1F3F4}[\u{E0020}-\u{E007E}]+$/u.test(before);
    default:
      return (
        (/[\u{E0020}-\u{E007E}]/u.test(character) && isInFlag(before, after)) ||
        (/[\uFE00-\uFE0D\u{E0100}-\u{E01EF}]/u.test(character) && /\p{Script=Han}$/u.test(before)) ||
        (/[\u180B-\u180F]/.test(character) && /\p{Script=Mongolian}$/u.test(before))
      );
  }
}

const EMOJI_BEFORE = /\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]*$/u;
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u;

/** The flags of England, Scotland and Wales are a black flag and tags. */
function isInFlag(before: string, after: string): boolean {
  return /\u{1F3F4}[\u{E0020}-\u{E007E}]*$/u.test(before) && /^[\u{E0020}-\u{E007E}]*\u{E007F}/u.test(after);
}

/** Arabic letters that do not join the next letter (Unicode's ArabicShaping.txt: types R and U). */
const NOT_FORWARD =
  '[\u0621-\u0625\u0627\u0629\u062F-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06C0\u06C3-\u06CB\u06CD\u06CF\u06D2\u06D3\u06D5\u06EE\u06EF]';
const FORWARD = new RegExp(`(?!${NOT_FORWARD})(?=\\p{L})\\p{Script=Arabic}\\p{M}*$`, 'u');

/** Whether the text ends with an Arabic letter that joins the next one. */
function joinsForward(before: string): boolean {
  return FORWARD.test(before);
}

function isArabic(after: string): boolean {
  return /^(?=\p{L})\p{Script=Arabic}/u.test(after);
}

/** The viramas of the Indic scripts, which join two consonants. */
const VIRAMA = '[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u1039\u17D2]';
const VIRAMA_BEFORE = new RegExp(`${VIRAMA}$`, 'u');
const VIRAMA_AFTER = new RegExp(`^${VIRAMA}`, 'u');

function isAtVirama(before: string, after: string): boolean {
  return VIRAMA_BEFORE.test(before) || (/\p{L}$/u.test(before) && VIRAMA_AFTER.test(after));
}

const CURSIVE = '[\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Adlam}]';
const CURSIVE_BEFORE = new RegExp(`${CURSIVE}$`, 'u');
const CURSIVE_AFTER = new RegExp(`^${CURSIVE}`, 'u');

/** Whether the place is between letters of another script that is written joined. */
function isBetweenCursive(before: string, after: string): boolean {
  return CURSIVE_BEFORE.test(before) && CURSIVE_AFTER.test(after);
}
