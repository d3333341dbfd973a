import { Readable } from 'node:stream';
import type { parse as ParseAtOnce } from 'csv-parse/sync';
import { LoopTurns } from '../waiting/loop-turns.ts';

/** Why a text cannot be read as CSV. */
export type CsvProblemKind = 'encoding' | 'empty' | 'quotes' | 'cells';

/** The bytes are no CSV that can be read. The message is for people, and says what would be right. */
export class CsvProblem extends Error {
  readonly kind: CsvProblemKind;
  /** The number of the row in question, empty rows included. The first row of the table is 1. */
  readonly row: number | undefined;

  constructor(kind: CsvProblemKind, message: string, row?: number) {
    super(message);
    this.kind = kind;
    this.row = row;
  }
}

/** The separators that a file may have. When several fit equally well, the first of them is used. */
const POSSIBLE_SEPARATORS = [',', ';', '\t', '|'];

/** Excel can write this line before a table, with any separator, and reads it. The line is not a row of the table. */
const SEPARATOR_LINE = /^sep=(.)(?:\r\n|\n|\r)/i;

/**
 * What ends a row. One file can have several of these, for example when it was downloaded with the first one and a shell
 * appended lines with the second. By default the library uses only the end that it finds first. Rows that end in another way
 * would then become more cells of the row before.
 */
const ROW_ENDS = ['\r\n', '\n', '\r'];

/** How many bytes are decoded and parsed at a time. The event loop turns between them, also within a row, which can be as long as the file. */
const SLICE = 4_096;

/** How many cells a row may have, and how many characters in all of them. A sheet of Excel has at most 16,384 columns. */
const MAX_CELLS = 20_000;
const MAX_ROW_LENGTH = 250_000;

/**
 * The rows of a text in CSV, with their cells unchanged. The text is UTF-8, or UTF-16 with a byte order mark, as Excel's
 * “Unicode Text” is. The separator is the one that a `sep=` line names, or else the one with which the first row has the most
 * cells that `isHeader` accepts. Yields every row of the table, empty ones included. Throws a CsvProblem. `turns` are those of whoever
 * wants the rows.
 */
export async function* readCsv(
  bytes: Buffer,
  isHeader: (cell: string) => boolean,
  turns: LoopTurns = new LoopTurns(),
): AsyncGenerator<readonly string[]> {
  const [first = '', ...rest] = await decoded(bytes, turns);
  const [line = '', declared] = SEPARATOR_LINE.exec(first) ?? [];
  const table = [first.slice(line.length), ...rest];
  if (table.every((slice) => slice.trim() === '')) throw new CsvProblem('empty', 'The file is empty.');
  // Loaded with the first file, because few servers ever read one.
  const { CsvError, parse } = await import('csv-parse');
  // A header is short: 64 kilobytes have all of it.
  const delimiter = declared ?? (await separatorOf(table.slice(0, 16).join(''), isHeader, turns));
  // The row that the library is in. Its own number of lines counts the ends of rows between quotation marks twice.
  let row = 1;
  const parser = parse({
    delimiter,
    record_delimiter: ROW_ENDS,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: MAX_ROW_LENGTH,
    // Called with each cell, so that a row with too many of them is refused before it is read to its end.
    cast(cell, { index }) {
      if (index >= MAX_CELLS) throw tooLarge(row);
      // The library compares the number of cells with that of its first row, and takes each row for the first one now. For each other
      // row of another length it would make an error that nobody sees, which takes a hundred times as long as the row.
      Object.assign(parser.info, { records: 0 });
      return cell;
    },
    on_record(record) {
      row++;
      return record;
    },
  });
  const source = Readable.from(inTurns(table, turns), { objectMode: false });
  source.pipe(parser);
  try {
    for await (const record of parser) {
      yield record as string[];
      await turns.next();
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw error.code === 'CSV_MAX_RECORD_SIZE' ? tooLarge(row) : wrongQuotes(row);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

async function* inTurns(slices: readonly string[], turns: LoopTurns): AsyncIterable<string> {
  for (const slice of slices) {
    await turns.next();
    yield slice;
  }
}

/** The text of the bytes, in slices. */
async function decoded(bytes: Buffer, turns: LoopTurns): Promise<string[]> {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const decoder = new TextDecoder(encoding, { fatal: true });
  const slices: string[] = [];
  try {
    for (let start = 0; start < bytes.length; start += SLICE) {
      await turns.next();
      slices.push(decoder.decode(bytes.subarray(start, start + SLICE), { stream: true }));
    }
    decoder.decode();
    if (!slices.some((slice) => slice.includes('\0'))) return slices;
  } catch {
    // These bytes get the same error as a text with NULs. Such a text has an encoding without a mark, or is no text at all.
  }
  throw new CsvProblem(
    'encoding',
    'The file is not in UTF-8. In Excel, save it as “CSV UTF-8 (Comma delimited)”; elsewhere choose UTF-8.',
  );
}

/** @param start The start of the table, with its first row. */
async function separatorOf(start: string, isHeader: (cell: string) => boolean, turns: LoopTurns): Promise<string> {
  const { parse } = await import('csv-parse/sync');
  let best = { separator: ',', known: -1, cells: 0 };
  for (const separator of POSSIBLE_SEPARATORS) {
    await turns.next();
    const cells = firstRow(parse, start, separator);
    const known = cells.filter(isHeader).length;
    if (known > best.known || (known === best.known && cells.length > best.cells)) {
      best = { separator, known, cells: cells.length };
    }
  }
  return best.separator;
}

function firstRow(parse: typeof ParseAtOnce, start: string, delimiter: string): string[] {
  try {
    const options = { record_delimiter: ROW_ENDS, to: 1, relax_column_count: true, relax_quotes: true };
    const rows = parse(start, { delimiter, ...options });
    return rows[0] ?? [];
  } catch {
    return [];
  }
}

function tooLarge(row: number): CsvProblem {
  return new CsvProblem(
    'cells',
    `Row ${row} has more than ${MAX_CELLS} cells or ${MAX_ROW_LENGTH} characters. Perhaps a quotation mark is missing, so that many rows are read as one.`,
    row,
  );
}

function wrongQuotes(row: number): CsvProblem {
  return new CsvProblem(
    'quotes',
    `Row ${row} has a quotation mark in a wrong place, or lacks one. Save the file as CSV again.`,
    row,
  );
}
