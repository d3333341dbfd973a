import { Readable } from 'node:stream';
import type { CsvError } from 'csv-parse';
import type { parse as ParseAtOnce } from 'csv-parse/sync';
import { LoopTurns } from './loop-turns.ts';

/** Why a text cannot be read as CSV. */
export type CsvProblemKind = 'encoding' | 'empty' | 'quotes';

/** The bytes are no CSV that can be read. The message is for people, and says what would be right. */
export class CsvProblem extends Error {
  readonly kind: CsvProblemKind;

  constructor(kind: CsvProblemKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What can stand between the cells. Where several fit, the first one does. */
const SEPARATORS = [',', ';', '\t', '|'];

/** Excel writes this line, with any character, before a table, and reads it. It is no row of the table. */
const SEPARATOR_LINE = /^sep=(.)(?:\r\n|\n|\r)/i;

/**
 * What ends a row. A file can have several of them: one is downloaded with the first, and a shell appends lines with the second. The
 * library would take the one that it finds first for the only one, and rows that end in another way for more cells of the row before.
 */
const ROW_ENDS = ['\r\n', '\n', '\r'];

/** How many bytes are parsed at a time, so that the event loop turns between them. */
const SLICE = 16_384;

/**
 * The rows of a text in CSV, with their cells as they are. It is UTF-8, or UTF-16 with a byte order mark, as Excel's “Unicode Text”
 * is. Its cells are separated by what gives its first row the most cells that `isHeader` knows. Yields a row for each row of the
 * table, also for an empty one. Throws a CsvProblem.
 */
export async function* readCsv(bytes: Buffer, isHeader: (cell: string) => boolean): AsyncGenerator<readonly string[]> {
  const text = decoded(bytes);
  const [line = '', declared] = SEPARATOR_LINE.exec(text) ?? [];
  const table = text.slice(line.length);
  if (table.trim() === '') throw new CsvProblem('empty', 'The file is empty.');
  // Loaded with the first file, because few servers ever read one.
  const { CsvError, parse } = await import('csv-parse');
  const delimiter = declared ?? (await separatorOf(table, isHeader));
  const parser = parse({ delimiter, record_delimiter: ROW_ENDS, relax_column_count: true, skip_empty_lines: false });
  const source = Readable.from(slices(Buffer.from(table)), { objectMode: false });
  source.pipe(parser);
  const turns = new LoopTurns();
  try {
    for await (const record of parser) {
      yield record as string[];
      await turns.next();
    }
  } catch (error) {
    throw error instanceof CsvError ? quotesProblem(error) : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function* slices(bytes: Buffer): Iterable<Buffer> {
  for (let start = 0; start < bytes.length; start += SLICE) yield bytes.subarray(start, start + SLICE);
}

function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // The same answer as to a text with NULs, which is in an encoding without a mark, or no text at all.
  }
  throw new CsvProblem(
    'encoding',
    'The file is not in UTF-8. In Excel, save it as “CSV UTF-8 (Comma delimited)”; elsewhere choose UTF-8.',
  );
}

async function separatorOf(table: string, isHeader: (cell: string) => boolean): Promise<string> {
  const { parse } = await import('csv-parse/sync');
  let best = { separator: ',', known: -1, cells: 0 };
  for (const separator of SEPARATORS) {
    const cells = firstRow(parse, table, separator);
    const known = cells.filter(isHeader).length;
    if (known > best.known || (known === best.known && cells.length > best.cells)) {
      best = { separator, known, cells: cells.length };
    }
  }
  return best.separator;
}

function firstRow(parse: typeof ParseAtOnce, table: string, delimiter: string): string[] {
  try {
    // A header is short. The whole table is not parsed for it.
    const start = table.slice(0, SLICE);
    const options = { record_delimiter: ROW_ENDS, to: 1, relax_column_count: true, relax_quotes: true };
    const rows = parse(start, { delimiter, ...options });
    return rows[0] ?? [];
  } catch {
    return [];
  }
}

function quotesProblem({ lines }: CsvError & { readonly lines?: number }): CsvProblem {
  const where = lines === undefined ? '' : ` near line ${lines}`;
  return new CsvProblem('quotes', `The file has a quotation mark in a wrong place${where}. Save it as CSV again.`);
}
