import type { GraphQLEnumType, GraphQLLeafType } from 'graphql';
import { isEnumType } from 'graphql';
import type { Micros } from '../../../database/tables.ts';
import type { Put } from '../../../encoding/ascii.ts';
import { AsciiText, putText } from '../../../encoding/ascii.ts';
import type { JsonWriter } from '../../../encoding/json-writer.ts';
import { lastingBytes } from '../../../memory/lasting-bytes.ts';
import { putTime, TIME_LENGTH } from '../../../model/time.ts';
import type { RowsFormat } from '../operation.ts';

/** Writes a value that has no fields. Throws for a value that the type's own `serialize` might treat in another way. */
export type WriteLeaf = (out: JsonWriter, value: unknown) => void;

// The scalars that are written, by their names. Operations with another scalar are executed by graphql-js.

const [TRUE, FALSE] = [Buffer.from('true'), Buffer.from('false')];

const SCALARS: Readonly<Record<string, WriteLeaf>> = {
  ID: writeText,
  String: writeText,
  UUID: writeText,
  DateTime: timeWriter(putTime),
  Boolean(out, value) {
    if (typeof value !== 'boolean') throw new UnexpectedValue(value);
    out.raw(value ? TRUE : FALSE);
  },
  JSON: (out, value) => out.json(value),
  Int(out, value) {
    // GraphQL's Int has 32 bits.
    if (typeof value !== 'number' || (value | 0) !== value) throw new UnexpectedValue(value);
    out.integer(value);
  },
};

/**
 * The writer does not write this value. graphql-js then executes the operation, and reports what is wrong with the value, if
 * anything is.
 */
export class UnexpectedValue extends Error {
  constructor(value: unknown) {
    super(`unexpected ${value === null ? 'null' : typeof value}`);
  }
}

/**
 * The function that writes values of the type, in the format's form where there is a format; undefined when only graphql-js can
 * write them.
 */
export function leafWriter(type: GraphQLLeafType, format?: RowsFormat): WriteLeaf | undefined {
  if (isEnumType(type)) return enumWriter(type, format?.texts[type.name]);
  if (format && type.name === 'DateTime') {
    return timeWriter((bytes, at, micros: Micros) => format.rewriteTime(bytes, putTime(bytes, at, micros)));
  }
  return SCALARS[type.name];
}

function enumWriter(type: GraphQLEnumType, change: (name: string) => string = (name) => name): WriteLeaf {
  const texts = new Map<unknown, Uint8Array>(
    type.getValues().map(({ name, value }) => [value, lastingBytes(JSON.stringify(change(name)))]),
  );
  return (out, value) => {
    const known = texts.get(value);
    if (!known) throw new UnexpectedValue(value);
    out.raw(known);
  };
}

function writeText(out: JsonWriter, value: unknown): void {
  if (typeof value === 'string') out.string(value);
  else if (value instanceof AsciiText) out.ascii(putText, value, value.maxLength);
  else throw new UnexpectedValue(value);
}

function timeWriter(put: Put<Micros>): WriteLeaf {
  return (out, value) => {
    // After the year 2255 the microseconds are no safe integer. They are then rounded, for graphql-js as well.
    if (!Number.isInteger(value)) throw new UnexpectedValue(value);
    out.ascii(put, value as Micros, TIME_LENGTH);
  };
}
