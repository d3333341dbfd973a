/** How deep lists and objects may be nested. Existing servers of REST fail from about a thousand levels on. */
const MAX_DEPTH = 900;

/**
 * Why a body of JSON would take too long to parse or to read; null when it may be parsed. The reason ends without a full stop.
 * @param maxValues How many values it may have.
 */
export function oversize(text: string, maxValues: number): string | null {
  // Each level and each value takes a character.
  if (text.length <= Math.min(MAX_DEPTH, maxValues)) return null;
  const { separators, depth } = jsonSize(text);
  if (depth > MAX_DEPTH) return 'The body is nested too deeply';
  return separators >= maxValues ? `The body has more than ${maxValues} values` : null;
}

/** How much a text of JSON holds. */
export interface JsonSize {
  /** The commas between values: one less than the values of a list or the members of an object. */
  readonly separators: number;
  /** How many lists and objects are in each other at most. */
  readonly depth: number;
}

/** The size of a text of JSON, before it is parsed. It takes a thousandth of the time that values by the hundred thousand take later. */
export function jsonSize(text: string): JsonSize {
  let separators = 0;
  let depth = 0;
  let level = 0;
  let isInText = false;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (isInText) {
      if (code === BACKSLASH) place++;
      else if (code === QUOTE) isInText = false;
    } else if (code === QUOTE) isInText = true;
    else if (code === COMMA) separators++;
    else if (code === BRACKET || code === BRACE) depth = Math.max(depth, ++level);
    else if (code === CLOSING_BRACKET || code === CLOSING_BRACE) level--;
  }
  return { separators, depth };
}

const [QUOTE, COMMA, BACKSLASH, BRACKET, CLOSING_BRACKET, BRACE, CLOSING_BRACE] = [
  0x22, 0x2c, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];
