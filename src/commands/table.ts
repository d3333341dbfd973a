import { oneLine } from './one-line.ts';

/** A table as text, with a header line. Each column is as wide as its longest cell. */
export function table(names: string[], rows: string[][]): string {
  const lines = [names, ...rows.map((row) => row.map(oneLine))];
  // Not Math.max(...), because a call takes only some ten thousand arguments.
  const widths = names.map((_name, column) =>
    lines.reduce((width, line) => Math.max(width, line[column]?.length ?? 0), 0),
  );
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
