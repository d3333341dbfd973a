/** How deep lists and objects may be nested. Existing servers of REST fail from about a thousand levels on. */
const MAX_DEPTH = 900;

/** How many members an object may have. Many different names take much longer to parse than as many values, and no request needs them. */
const MAX_MEMBERS = 1_000;

/**
 * Why a body of JSON would take too long to parse or to read; null when it may be parsed. The reason ends without a full stop.
 * @param maxValues How many values it may have.
 */
export function oversize(text: string, maxValues: number): string | null {
  // Each level and each value takes a character.
  if (text.length <= Math.min(MAX_DEPTH, maxValues)) return null;
  const { separators, depth, members } = jsonSize(text);
  if (depth > MAX_DEPTH) return 'The body is nested too deeply';
  if (members > MAX_MEMBERS) return `An object of the body has more than ${MAX_MEMBERS} members`;
  return separators >= maxValues ? `The body has more than ${maxValues} values` : null;
}

/** How much a text of JSON holds. */
export interface JsonSize {
  /** The commas between values: one less than the values of a list or the members of an object. */
  readonly separators: number;
  /** How many lists and objects are in each other at most. */
  readonly depth: number;
  /** How many members the largest object has. */
  readonly members: number;
}

/** The size of a text of JSON, before it is parsed. It takes a thousandth of the time that values by the hundred thousand take later. */
export function jsonSize(text: string): JsonSize {
  let separators = 0;
  let depth = 0;
  let members = 0;
  /** The members so far of the list or object that the place is in, and of those around it. A colon is counted for each. */
  let current = 0;
  const around: number[] = [];
  let isInText = false;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (isInText) {
      if (code === BACKSLASH) place++;
      else if (code === QUOTE) isInText = false;
    } else if (code === QUOTE) isInText = true;
    else if (code === COMMA) separators++;
    else if (code === COLON) members = Math.max(members, ++current);
    else if (code === BRACKET || code === BRACE) {
      depth = Math.max(depth, around.push(current));
      current = 0;
    } else if (code === CLOSING_BRACKET || code === CLOSING_BRACE) current = around.pop() ?? 0;
  }
  return { separators, depth, members };
}

const [QUOTE, COMMA, COLON, BACKSLASH, BRACKET, CLOSING_BRACKET, BRACE, CLOSING_BRACE] = [
  0x22, 0x2c, 0x3a, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];
