/** How many values a statement has at most, so that each database takes it. */
const AT_ONCE = 500;

/** The values in parts, each for one statement. */
export function* inParts<Value>(values: readonly Value[]): Iterable<readonly Value[]> {
  for (let start = 0; start < values.length; start += AT_ONCE) yield values.slice(start, start + AT_ONCE);
}
