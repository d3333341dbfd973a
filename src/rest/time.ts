const POINT = 0x2e;
const ZERO = 0x30;
const Z = 0x5a;

/** How long what stands behind the seconds of most times is: a point, three digits and `Z`. */
const MILLIS_LENGTH = '.000Z'.length;
const ADDED_ZEROS = 3;

/**
 * Rewrites GraphQL's text of a time, which ends at `end`, as Python writes it, because existing servers are written in Python:
 * with six digits of fraction, or without a fraction when it is a whole second (20-list, "names come back as they were given").
 * GraphQL writes three digits when the last three of the six would be zero. Returns where the text ends now.
 */
export function rewriteTime(bytes: Uint8Array, end: number): number {
  const point = end - MILLIS_LENGTH;
  if (bytes[point] !== POINT) return end;
  const isWhole = bytes[point + 1] === ZERO && bytes[point + 2] === ZERO && bytes[point + 3] === ZERO;
  let at = isWhole ? point : end - 1;
  if (!isWhole) for (let zeros = 0; zeros < ADDED_ZEROS; zeros += 1) bytes[at++] = ZERO;
  bytes[at++] = Z;
  return at;
}

/** The text as `rewriteTime` leaves it. */
export function restTime(text: string): string {
  const bytes = Buffer.alloc(text.length + ADDED_ZEROS);
  return bytes.toString('latin1', 0, rewriteTime(bytes, bytes.write(text, 'latin1')));
}
