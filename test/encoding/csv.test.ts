import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { CsvProblem } from '../../src/encoding/csv-read.ts';
import { readCsv } from '../../src/encoding/csv-read.ts';
import { BYTE_ORDER_MARK, csvRow, guarded, SEPARATORS, unguarded } from '../../src/encoding/csv-write.ts';
import { LoopTurns } from '../../src/waiting/loop-turns.ts';

const KNOWN = new Set(['name', 'group', 'uuid']);

async function read(file: Buffer | string, turns?: LoopTurns): Promise<(readonly string[])[]> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  return Array.fromAsync(readCsv(bytes, (cell) => KNOWN.has(cell.trim()), turns));
}

const TABLE = [
  ['name', 'group'],
  ['Été 中文 العربية 😀', 'a,b;c\td|e'],
  [' "quoted" ', 'two\r\nlines'],
];

describe('a table is read', () => {
  it.each(Object.values(SEPARATORS))('with %j between its cells', async (separator) => {
    const text = TABLE.map((row) => csvRow(row, separator)).join('');
    expect(await read(text)).toEqual(TABLE);
    expect(await read(BYTE_ORDER_MARK + text)).toEqual(TABLE);
  });

  it.each([
    ['utf16le', (text: string) => Buffer.from(BYTE_ORDER_MARK + text, 'utf16le')],
    ['utf16be', (text: string) => Buffer.from(BYTE_ORDER_MARK + text, 'utf16le').swap16()],
  ])('in %s, as Excel saves “Unicode Text”', async (_name, encode) => {
    expect(await read(encode(TABLE.map((row) => csvRow(row, '\t')).join('')))).toEqual(TABLE);
  });

  it.each([
    ['line feeds', 'name,group\nA,B\n'],
    ['no last line end', 'name,group\r\nA,B'],
    ['the line with which Excel names the separator', 'sep=|\r\nname|group\r\nA|B\r\n'],
  ])('with %s', async (_what, text) => {
    expect(await read(text)).toEqual([
      ['name', 'group'],
      ['A', 'B'],
    ]);
  });

  it.each(['utf8', 'utf16le'] as const)(
    'with characters that lie on the border of two slices, in %s',
    async (encoding) => {
      for (const shift of ['', 'x', 'xx', 'xxx']) {
        const table = [
          ['name', 'group'],
          [shift + '中é😀'.repeat(9_000), 'B'],
        ];
        const text = BYTE_ORDER_MARK + table.map((row) => csvRow(row, ',')).join('');
        expect(await read(Buffer.from(text, encoding))).toEqual(table);
      }
    },
  );

  it.each(['utf8', 'utf16le'] as const)('with a header that is longer than a slice, in %s', async (encoding) => {
    const table = [
      ['中'.repeat(9_000), 'name', 'group'],
      ['A', 'B', 'C'],
    ];
    const text = BYTE_ORDER_MARK + table.map((row) => csvRow(row, ';')).join('');
    expect(await read(Buffer.from(text, encoding))).toEqual(table);
  });

  it('with line ends of several kinds, as after lines were appended to a download', async () => {
    const ends = [
      ['name', 'group'],
      ['A', 'B'],
      ['C', 'two\nlines\rhere\r\n'],
      ['D', 'E'],
      ['F', 'G'],
    ];
    expect(await read('name,group\r\nA,B\nC,"two\nlines\rhere\r\n"\n"D","E"\rF,G\r\n')).toEqual(ends);
    expect(await read('name,group\nA,B\r\nC,"two\nlines\rhere\r\n"\r"D","E"\nF,G')).toEqual(ends);
    expect(await read('sep=;\rname;group\rA;B\n')).toEqual(ends.slice(0, 2));
  });

  it('with line ends that lie where one slice of the file ends and the next begins', async () => {
    const rows = Array.from({ length: 3_000 }, (_, place) => [`N ${place}`, 'x'.repeat(place % 7)]);
    expect(await read(`name,group\n${rows.map((row) => csvRow(row, ',')).join('')}`)).toEqual([
      ['name', 'group'],
      ...rows,
    ]);
  });

  it('with rows that are shorter, longer or empty, each at its place', async () => {
    expect(await read('name,group\n\nA\nB,C,D\n')).toEqual([['name', 'group'], [''], ['A'], ['B', 'C', 'D']]);
  });

  it('by the names of its columns, and not by what is more frequent', async () => {
    expect(await read('name;group\n"a,b,c,d";x\n')).toEqual([
      ['name', 'group'],
      ['a,b,c,d', 'x'],
    ]);
  });
});

describe('a file that is no table', () => {
  it.each([
    ['of another charset', Buffer.from('name,group\nÉté,B', 'latin1'), 'encoding'],
    ['of UTF-16 without a mark', Buffer.from('name,group', 'utf16le'), 'encoding'],
    [
      'of another charset only far from its start',
      Buffer.from(`name,group\n${'A,B\n'.repeat(9_000)}É`, 'latin1'),
      'encoding',
    ],
    ['with a character that is cut off', Buffer.from('name,group\nA,É').subarray(0, -1), 'encoding'],
    [
      'of another charset, with a wrong quotation mark before it',
      Buffer.from('name,group\n"A"x,É', 'latin1'),
      'encoding',
    ],
    ['of a workbook', Buffer.from('PK\u0003\u0004\u0000\u0000'), 'encoding'],
    ['without anything', Buffer.from(''), 'empty'],
    ['of white space', Buffer.from(' \r\n \n'), 'empty'],
    ['with a quotation mark that is not closed', Buffer.from('name,group\n"A,B\n'), 'quotes'],
    ['with text after a quotation mark', Buffer.from('name,group\n"A"x,B\n'), 'quotes'],
  ])('%s is refused in words for people', async (_what, bytes, kind) => {
    const problem = await read(bytes).catch((error: unknown) => error as CsvProblem);
    expect(problem).toMatchObject({ kind });
  });

  it.each([
    ['with a quotation mark that is not closed', 'name,group\r\n"A\r\nB",C\r\n\r\n"D,E\r\nF,G\r\n', 'quotes', 4],
    ['with text after a quotation mark', 'name,group\r\n"A\r\nB",C\r\nD,"E"x\r\nF,G\r\n', 'quotes', 3],
    ['with a wrong quotation mark in its first row', '"name"x,group\nA,B', 'quotes', 1],
    ['with too long a cell', `name,group\nA,B\n"C${',D\n'.repeat(100_000)}`, 'cells', 3],
    ['with too many cells in a row', `name,group\n${','.repeat(30_000)}`, 'cells', 2],
  ])('%s is refused with the number of the row', async (_what, text, kind, row) => {
    const problem = await read(text).catch((error: unknown) => error as CsvProblem);
    expect(problem).toMatchObject({ kind, row, message: expect.stringContaining(`Row ${row} has`) });
  });
});

const cell = fc.string({ unit: 'grapheme', maxLength: 20 });
const tricky = fc.array(fc.constantFrom(...`"',;\t\r\n=+-@ aé中`), { maxLength: 8 }).map((parts) => parts.join(''));

test('what is written is read again, whatever it is', async () => {
  const rows = fc.array(fc.tuple(fc.oneof(cell, tricky), fc.oneof(cell, tricky)), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(...Object.values(SEPARATORS)), async (cells, separator) => {
      const wellFormed = cells.map((row) => row.map((one) => one.toWellFormed().replaceAll('\0', '')));
      const table = [['name', 'group'], ...wellFormed];
      expect(await read(table.map((row) => csvRow(row, separator)).join(''))).toEqual(table);
    }),
    { numRuns: 200 },
  );
});

test('whatever a cell has, a row ends with any line end', async () => {
  const end = fc.constantFrom('\n', '\r', '\r\n');
  const rows = fc.array(fc.tuple(tricky, end), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(end, rows, async (first, others) => {
      const quoted = others.map(([text, after]) => `"${text.replaceAll('"', '""')}","B"${after}`);
      const table = [['name', 'group'], ...others.map(([text]) => [text, 'B'])];
      expect(await read(`name,group${first}${quoted.join('')}`)).toEqual(table);
    }),
    { numRuns: 200 },
  );
});

/** Counts how often the event loop may turn. */
class CountedTurns extends LoopTurns {
  count = 0;

  override next(): Promise<void> {
    this.count += 1;
    return super.next();
  }
}

it('a file keeps nothing else waiting while it is decoded, also one that is refused at its end', async () => {
  const file = Buffer.from(
    `${BYTE_ORDER_MARK}name,group\n${'A long name of a campaign,B\n'.repeat(140_000)}\0`,
    'utf16le',
  );
  const turns = new CountedTurns();
  await expect(read(file, turns)).rejects.toMatchObject({ kind: 'encoding' });
  expect(file.length / turns.count).toBeLessThan(5_000);
});

it('a long first row keeps nothing else waiting while its separator is looked for', async () => {
  const row = Array.from({ length: 20_000 }, (_, place) => `name${place % 10}`).join(',');
  const [declared, found] = [new CountedTurns(), new CountedTurns()];
  expect(await read(`sep=,\n${row}`, declared)).toEqual(await read(row, found));
  expect(found.count - declared.count).toBeGreaterThan(2);
});

describe('a row that is as long as the file', () => {
  it('keeps nothing else waiting while it is read', async () => {
    const row = Array.from({ length: 20_000 }, () => '"a text"');
    const text = `name,group\n${row.join(',')}`;
    const turns = new CountedTurns();
    expect(await read(text, turns)).toHaveLength(2);
    // One before each slice is decoded, and one before it is parsed.
    expect(text.length / turns.count).toBeLessThan(3_000);
  });

  it('is refused before it is read to its end', async () => {
    // The wrong quotation mark at the end is not reached.
    const file = `name,group\n${','.repeat(980_000)}"x"y`;
    await expect(read(file)).rejects.toMatchObject({ kind: 'cells' });
  });
});

describe('rows that have more or fewer cells than the first one', () => {
  async function leastTime(file: string): Promise<number> {
    const times = [];
    for (let tries = 0; tries < 3; tries++) {
      const started = performance.now();
      await read(file);
      times.push(performance.now() - started);
    }
    return Math.min(...times);
  }

  it('are read as they are', async () => {
    expect(await read('name,group\nA\nB,C,D\n\nE,F')).toEqual([
      ['name', 'group'],
      ['A'],
      ['B', 'C', 'D'],
      [''],
      ['E', 'F'],
    ]);
  });

  it('take about as long as other rows', async () => {
    const rows = '\n'.repeat(16_000);
    expect(await leastTime(`name,group${rows}`)).toBeLessThan(8 * (await leastTime(`name${rows}`)));
  });
});

describe('a text of a person', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1", "''@x", '＝1'])(
    'that a spreadsheet would take for a formula is guarded: %j',
    (text) => {
      expect(guarded(text)).toBe(`'${text}`);
      expect(unguarded(guarded(text))).toBe(text);
    },
  );

  it.each(['A', "'A'", '1-1', '', "'", ' =1'])('is left as it is otherwise: %j', (text) => {
    expect(guarded(text)).toBe(text);
  });

  it('is the same after it was guarded and read, whatever it is', () => {
    fc.assert(fc.property(fc.oneof(cell, tricky), (text) => unguarded(guarded(text)) === text));
    fc.assert(fc.property(fc.oneof(cell, tricky), (text) => !/^[=+\-@]/.test(guarded(text))));
  });
});
