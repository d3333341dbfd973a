import pg from 'pg';

/** Reads a value from its bytes. */
type ReadValue = (bytes: Buffer, start: number, end: number) => unknown;

/** The columns of the rows that a statement returns. */
export interface RowShape {
  readonly names: readonly string[];
  readonly readers: readonly ReadValue[];
  /** A row with all members null. Rows are copies of it, so that all have the same hidden class, which V8 needs for fast access. */
  readonly empty: Readonly<Record<string, null>>;
}

/** Reads the row that begins at `start`. Its first two bytes are the number of its values. */
export function rowOf({ names, readers, empty }: RowShape, bytes: Buffer, start: number): Record<string, unknown> {
  const row: Record<string, unknown> = { ...empty };
  // After the number of values.
  let place = start + 2;
  for (let column = 0; column < names.length; column += 1) {
    const length = bytes.readInt32BE(place);
    place += 4;
    // -1: null.
    if (length < 0) continue;
    row[names[column] as string] = (readers[column] as ReadValue)(bytes, place, place + length);
    place += length;
  }
  return row;
}

/** The shape that the server describes. */
export function shapeOf(fields: readonly pg.FieldDef[]): RowShape {
  const names = fields.map(({ name }) => name);
  return {
    names,
    readers: fields.map(({ dataTypeID: type }) => readerOf(type)),
    empty: Object.fromEntries(names.map((name) => [name, null])),
  };
}

const { INT2, INT4, INT8, TEXT, VARCHAR } = pg.types.builtins;

const READERS: ReadonlyMap<number, ReadValue> = new Map([
  ...[INT2, INT4, INT8].map((type): [number, ReadValue] => [type, integer]),
  ...[TEXT, VARCHAR].map((type): [number, ReadValue] => [type, text]),
]);

function readerOf(type: number): ReadValue {
  const parse: (value: string) => unknown = pg.types.getTypeParser(type);
  return READERS.get(type) ?? ((bytes, start, end) => parse(text(bytes, start, end)));
}

function text(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, end);
}

const [MINUS, ZERO] = [0x2d, 0x30];

/** Throws when a number cannot hold the integer exactly. */
function integer(bytes: Buffer, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  let value = 0;
  for (let place = negative ? start + 1 : start; place < end; place += 1) {
    value = value * 10 + ((bytes[place] as number) - ZERO);
  }
  if (value > Number.MAX_SAFE_INTEGER) {
    throw new RangeError(`the database has the number ${text(bytes, start, end)}, which is too great`);
  }
  return negative ? -value : value;
}
