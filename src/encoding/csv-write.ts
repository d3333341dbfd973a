/** What can stand between the cells of a row. */
export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const;

export type Separator = (typeof SEPARATORS)[keyof typeof SEPARATORS];

/** Tells Excel that the text is UTF-8. Without it Excel shows wrong characters in every script but English. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A row of CSV (RFC 4180), with its end. */
export function csvRow(cells: readonly string[], separator: Separator): string {
  return `${cells.map(quoted).join(separator)}\r\n`;
}

function quoted(cell: string): string {
  return /["\r\n,;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Spreadsheets take a cell that begins with one of these for a formula, also when it is quoted: the first four, or their full
 * width forms, and white space before which some programs look behind (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/;
const GUARDED = /^'+[=+\-@＝＋－＠\t\r\n]/;

/**
 * A cell with a text that people have typed. An apostrophe is put before a text that a spreadsheet would take for a formula, and
 * before one that has such an apostrophe itself, so that `unguarded` gives the same text again.
 */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text of a cell that `guarded` has made. */
export function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
