/** A table as text, with a header line. Each column is as wide as its longest cell. */
export function table(names: string[], rows: string[][]): string {
  const widths = names.map((name, column) =>
    Math.max(...[names, ...rows].map((row) => row[column]?.length ?? name.length)),
  );
  return [names, ...rows]
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
