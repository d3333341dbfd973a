const POINT = 0x2e;
const ZERO = 0x30;
const Z = 0x5a;

/** The length of the text after the seconds in most times: a point, three digits and `Z`. */
const MILLIS_LENGTH = '.000Z'.length;
const ADDED_ZEROS = 3;

/**
 * Rewrites a time from GraphQL's form, which ends at `end`, to Python's form, because existing servers are written in Python. Python
 * writes six digits of fraction, and no fraction for whole seconds (20-list, "names come back as they were given"). GraphQL writes only
 * three digits when the other three are zero. Returns the new end of the text.
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

/** The same for a string. */
export function restTime(text: string): string {
  const bytes = Buffer.alloc(text.length + ADDED_ZEROS);
  return bytes.toString('latin1', 0, rewriteTime(bytes, bytes.write(text, 'latin1')));
}
