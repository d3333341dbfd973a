import { randomInt } from 'node:crypto';

/** How deep lists and objects may be nested. Existing servers of REST fail from about a thousand levels on. */
const MAX_DEPTH = 900;

/** How many members an object may have. Many different names take much longer to parse than as many values, and no request needs them. */
const MAX_MEMBERS = 1_000;

/** How many different names the members of all objects may have together, for the same reason. */
const MAX_NAMES = 2_000;

/**
 * Why a body of JSON would take too long to parse or to read; null when it may be parsed. The reason ends without a full stop.
 * @param maxValues How many values it may have.
 */
export function oversize(text: string, maxValues: number): string | null {
  // Each level and each value takes a character.
  if (text.length <= Math.min(MAX_DEPTH, maxValues)) return null;
  const { separators, depth, members, names } = jsonSize(text);
  if (depth > MAX_DEPTH) return 'The body is nested too deeply';
  if (members > MAX_MEMBERS) return `An object of the body has more than ${MAX_MEMBERS} members`;
  if (names > MAX_NAMES) return `The objects of the body have more than ${MAX_NAMES} different names of members`;
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
  /** How many different names the members of all objects have. Very few may not be counted, because hashes are compared. */
  readonly names: number;
}

/**
 * The size of a text of JSON, before it is parsed. It takes a thousandth of the time that values by the hundred thousand take later. Where
 * the text exceeds one of the limits above, the rest is not looked at: levels or names by the hundred thousand would take long to count.
 */
export function jsonSize(text: string): JsonSize {
  let separators = 0;
  let depth = 0;
  let members = 0;
  /** The members so far of the list or object that the place is in, and of those around it. A colon is counted for each. */
  let current = 0;
  const around: number[] = [];
  let isInText = false;
  /** Where the last text begins and ends. Before a colon it is the name of a member. */
  let [start, end] = [0, 0];
  const names = new Set<number>();
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (isInText) {
      if (code === BACKSLASH) place++;
      else if (code === QUOTE) [isInText, end] = [false, place];
    } else if (code === QUOTE) [isInText, start] = [true, place + 1];
    else if (code === COMMA) separators++;
    else if (code === COLON) {
      members = Math.max(members, ++current);
      names.add(hashOf(text, start, end));
      if (members > MAX_MEMBERS || names.size > MAX_NAMES) break;
    } else if (code === BRACKET || code === BRACE) {
      depth = Math.max(depth, around.push(current));
      if (depth > MAX_DEPTH) break;
      current = 0;
    } else if (code === CLOSING_BRACKET || code === CLOSING_BRACE) current = around.pop() ?? 0;
  }
  return { separators, depth, members, names: names.size };
}

/** Odd, and different in each process, so that nobody can send names that have all the same hash. */
const MULTIPLIER = randomInt(2 ** 31) * 2 + 1;

/** A hash in 32 bits of the part of a text. To cut the part out would take several times as long. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let place = start; place < end; place++) hash = Math.imul(hash ^ text.charCodeAt(place), MULTIPLIER);
  return hash;
}

const [QUOTE, COMMA, COLON, BACKSLASH, BRACKET, CLOSING_BRACKET, BRACE, CLOSING_BRACE] = [
  0x22, 0x2c, 0x3a, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];
