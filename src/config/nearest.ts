/** Names that are shorter than this have too many neighbours: only the same letters count. */
const SHORT = 6;

/**
 * The known name that a misspelt one most likely stands for: one with the same letters and digits, or the most similar one in which at
 * most two characters differ (one in names of fewer than ten characters). Returns undefined when none is near.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const same = names.find((other) => letters(other) === letters(name));
  if (same !== undefined || name.length < SHORT) return same;
  const max = name.length < 10 ? 1 : 2;
  const [best] = names
    .filter((other) => other.length >= SHORT)
    .map((other) => ({ other, distance: distance(name, other) }))
    .toSorted((a, b) => a.distance - b.distance);
  return best && best.distance <= max ? best.other : undefined;
}

function letters(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
}

/** How many characters must be added, left out, replaced, or exchanged with the next one to get from one text to the other. */
function distance(from: string, to: string): number {
  let [before, last]: number[][] = [[], Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const next = [row];
    for (let column = 1; column <= to.length; column++) {
      const [a, b] = [from[row - 1], to[column - 1]];
      const replaced = at(last, column - 1) + (a === b ? 0 : 1);
      const exchanged = a === to[column - 2] && b === from[row - 2] ? at(before, column - 2) + 1 : replaced;
      next.push(Math.min(at(last, column) + 1, at(next, column - 1) + 1, replaced, exchanged));
    }
    [before, last] = [last, next];
  }
  return at(last, to.length);
}

const at = (row: readonly number[] | undefined, column: number): number => row?.[column] ?? Number.POSITIVE_INFINITY;
