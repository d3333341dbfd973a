/** What can stand between the cells of a row. */
export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const;

export type Separator = (typeof SEPARATORS)[keyof typeof SEPARATORS];

/** Tells Excel that the text is UTF-8. Without it Excel shows wrong characters in place of those that are not ASCII. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A row of CSV (RFC 4180), with its end. */
export function csvRow(cells: readonly string[], separator: Separator): string {
  return `${cells.map(quoted).join(separator)}\r\n`;
}

function quoted(cell: string): string {
  return /["\r\n,;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Spreadsheets treat a cell as a formula when it begins with `=`, `+`, `-` or `@`, or with a full-width form of these, even
 * when the cell is quoted. Some programs skip white space before these characters, so that a tab or a line end counts as well
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/;
const GUARDED = /^'+[=+\-@＝＋－＠\t\r\n]/;

/**
 * A cell with a text that people have typed. An apostrophe is put before a text that a spreadsheet would treat as a formula.
 * One is also put before such a text that has apostrophes already, so that `unguarded` returns the same text again.
 */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text of a cell that `guarded` has made. */
export function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
