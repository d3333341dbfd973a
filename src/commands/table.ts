import { oneLine } from './one-line.ts';

/** A table as text, with a header line. Each column is as wide as its longest cell. */
export function table(names: string[], rows: string[][]): string {
  const lines = [names, ...rows.map((row) => row.map(oneLine))];
  const widths = names.map((name, column) => Math.max(...lines.map((line) => line[column]?.length ?? name.length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
