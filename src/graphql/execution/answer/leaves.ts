import type { GraphQLEnumType, GraphQLLeafType } from 'graphql';
import { isEnumType } from 'graphql';
import type { JsonWriter } from '../../../encoding/json-writer.ts';
import { lastingBytes } from '../../../encoding/lasting-bytes.ts';
import { formatTime } from '../../../model/time.ts';

/** Writes a value that has no fields. Throws for a value that the type's own `serialize` might treat in another way. */
export type WriteLeaf = (out: JsonWriter, value: unknown) => void;

/** Changes the text that GraphQL shows. */
export type ChangeText = (text: string) => string;

// The scalars that are written, by their names. Operations with another scalar are executed by graphql-js.

/** Scalars that are shown as text. */
const TEXTS: Readonly<Record<string, (value: unknown) => string>> = {
  ID: text,
  String: text,
  UUID: text,
  DateTime(value) {
    // After the year 2255 the microseconds are no safe integer. They are then rounded, for graphql-js as well.
    if (!Number.isInteger(value)) throw new UnexpectedValue(value);
    return formatTime(value as number);
  },
};

const [TRUE, FALSE] = [Buffer.from('true'), Buffer.from('false')];

/** Other scalars. */
const VALUES: Readonly<Record<string, WriteLeaf>> = {
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

/** A value that the writer does not write. graphql-js then says what is wrong with it, if anything is. */
export class UnexpectedValue extends Error {
  constructor(value: unknown) {
    super(`unexpected ${value === null ? 'null' : typeof value}`);
  }
}

/** How values of the type are written, their texts changed by `change`; undefined when only graphql-js can. */
export function leafWriter(type: GraphQLLeafType, change?: ChangeText): WriteLeaf | undefined {
  if (isEnumType(type)) return enumWriter(type, change);
  const textOf = TEXTS[type.name];
  if (!textOf) return VALUES[type.name];
  return change ? (out, value) => out.string(change(textOf(value))) : (out, value) => out.string(textOf(value));
}

function enumWriter(type: GraphQLEnumType, change: ChangeText = (name) => name): WriteLeaf {
  const texts = new Map<unknown, Uint8Array>(
    type.getValues().map(({ name, value }) => [value, lastingBytes(JSON.stringify(change(name)))]),
  );
  return (out, value) => {
    const known = texts.get(value);
    if (!known) throw new UnexpectedValue(value);
    out.raw(known);
  };
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new UnexpectedValue(value);
  return value;
}
