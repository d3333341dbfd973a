import type { GraphQLEnumType, GraphQLInputType, GraphQLList, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import {
  getNullableType,
  getVariableValues,
  GraphQLBoolean,
  GraphQLID,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { isRecord } from '../../encoding/is-record.ts';
import { countWords } from '../../model/names.ts';
import { MAX_SEARCH_WORDS } from '../inputs.ts';
import { variableTypes } from './variables.ts';

/** The variables of one operation, as far as its cost depends on their values. */
export interface VariableShapes {
  /** A key of the variables' shape. The operation costs the same for all variables with the same key. */
  keyOf(variables: Readonly<Record<string, unknown>>): string;
  /**
   * Variables for measuring: the values as graphql-js coerces them, with each text replaced by a stand-in that has as many
   * words. Returns null when the values cannot be used, so that nothing is executed. Of a long list only the first item is looked at.
   */
  representative(variables: Readonly<Record<string, unknown>>): Record<string, unknown> | null;
}

/**
 * Reads the shapes of the operation's variables. Page sizes, lengths of lists, how many words a text has, and which
 * members are given make a shape.
 */
export function variableShapes(schema: GraphQLSchema, operation: OperationDefinitionNode): VariableShapes {
  const definitions = operation.variableDefinitions ?? [];
  const types = variableTypes(schema, operation);
  const readers = types.map(([name, type]) => [name, shapeReader(type)] as const);
  return {
    keyOf: (variables) => readers.reduce((key, [name, read]) => `${key} ${read(valueOf(variables, name))}`, ''),
    representative(variables) {
      const shortened = { ...variables };
      for (const [name, type] of types) {
        if (Object.hasOwn(variables, name)) shortened[name] = shorten(type, variables[name]);
      }
      const { coerced } = getVariableValues(schema, definitions, shortened, { maxErrors: 1 });
      if (!coerced) return null;
      const values = types.flatMap(([name, type]) => {
        const value = valueOf(coerced, name);
        return value === undefined ? [] : [[name, standIn(type, value, valueOf(variables, name))] as const];
      });
      return Object.fromEntries(values);
    },
  };
}

/** The value of a variable; undefined when there is none. A variable may have the name of a member that all objects have. */
function valueOf(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/**
 * A list with more items than this is measured by its length and its first item. To coerce the ten thousand rows of an import for their
 * number would take as long as to coerce them when they are read.
 */
const MAX_COERCED = 250;

function isLong(type: GraphQLList<GraphQLInputType>, value: unknown): value is readonly unknown[] {
  // The values of an enum are measured each: see givenShapeReader.
  return Array.isArray(value) && value.length > MAX_COERCED && !isEnumType(getNullableType(type.ofType));
}

/** The value with the first item alone of each long list. Lists within the items of a list are not looked for: no input has any. */
function shorten(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return shorten(type.ofType, value);
  if (isListType(type)) return isLong(type, value) ? value.slice(0, 1) : value;
  if (!isInputObjectType(type) || !isRecord(value)) return value;
  const fields = type.getFields();
  // Unknown members are kept, because graphql-js must refuse them.
  const members = Object.entries(value).map(([name, member]) => {
    const field = fields[name];
    return [name, field ? shorten(field.type, member) : member] as const;
  });
  return Object.fromEntries(members);
}

type ReadShape = (value: unknown) => string;

/** Creates the reader of a variable's shape. It is created once for each variable, because it runs for each request. */
function shapeReader(type: GraphQLInputType): ReadShape {
  if (isNonNullType(type)) return shapeReader(type.ofType);
  const read = givenShapeReader(type);
  return (value) => (value === undefined ? '-' : value === null ? '0' : read(value));
}

function givenShapeReader(type: GraphQLInputType): ReadShape {
  if (isListType(type)) {
    const length = (value: unknown) => `[${Array.isArray(value) ? value.length : 1}]`;
    const item = getNullableType(type.ofType);
    if (!isEnumType(item)) return length;
    // Which different values of an enum there are decides what a filter reads. Other values count each, equal ones as well.
    const read = enumReader(item);
    const different = (values: readonly unknown[]) => [...new Set(Array.from(new Set(values), read))].join('');
    return (value) => `${length(value)}${Array.isArray(value) ? different(value) : read(value)}`;
  }
  if (isInputObjectType(type)) {
    // Read on first use, because an input type can have members of its own type.
    let members: (readonly [name: string, read: ReadShape])[] | undefined;
    return (value) => {
      const given = value as Readonly<Record<string, unknown>>;
      members ??= Object.entries(type.getFields()).map(([name, field]) => [name, shapeReader(field.type)] as const);
      return `${members.reduce((shape, [name, read]) => shape + read(given[name]), '{')}}`;
    };
  }
  if (isEnumType(type)) return enumReader(type);
  if (type === GraphQLBoolean) return leaf;
  return (value) => (typeof value === 'string' ? `"${wordCount(value)}` : leaf(value));
}

/** Texts that are no value of the enum are all alike, because they can be long, and operations with them are refused. */
function enumReader(type: GraphQLEnumType): ReadShape {
  const names = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value) => (typeof value === 'string' && !names.has(value) ? '?,' : leaf(value));
}

/** A value of an enum or a scalar. Lists and objects are none, and are not written, because they may be nested without an end. */
function leaf(value: unknown): string {
  return typeof value === 'object' && value !== null ? '?,' : `${JSON.stringify(value)},`;
}

/** @param given The value before it was shortened and coerced; undefined in a list, where nothing is shortened. */
function standIn(type: GraphQLInputType, value: unknown, given: unknown, like = textLike): unknown {
  if (isNonNullType(type)) return standIn(type.ofType, value, given, like);
  if (isListType(type)) {
    if (!Array.isArray(value)) return value;
    // No text in a list is searched for. To count the words in the ten thousand rows of an import would take a second.
    const items = value.map((item) => standIn(type.ofType, item, undefined, anyText));
    return isLong(type, given) ? Array.from({ length: given.length }, () => items[0]) : items;
  }
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    const givenMembers = isRecord(given) ? given : {};
    return Object.fromEntries(
      Object.entries(value ?? {}).map(([name, member]) => {
        const field = fields[name];
        return [name, field && member != null ? standIn(field.type, member, givenMembers[name], like) : member];
      }),
    );
  }
  const isText = type === GraphQLString || type === GraphQLID;
  return isText && typeof value === 'string' ? like(value) : value;
}

/**
 * A text with as many words as `text`, all different. Each word is one character long, so that none contains another and the
 * text is not too long for a name.
 */
function textLike(text: string): string {
  return [...CHARACTERS].slice(0, wordCount(text)).join(' ');
}

const anyText = () => 'a';

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'.slice(0, MAX_SEARCH_WORDS);

/**
 * How many words a search for the text has, at most. Texts of other uses, such as cursors, cost the same whatever they
 * are.
 */
function wordCount(text: string): number {
  if (ONE_WORD.test(text)) return 1;
  if (ASCII_WORDS.test(text)) return asciiWords(text);
  return countWords(text);
}

/** A list of the words of a text that is as long as a body takes many times as long. */
function asciiWords(text: string): number {
  let words = 0;
  for (let place = 0; place < text.length; place++) {
    if (text[place] !== ' ' && (place === 0 || text[place - 1] === ' ')) words++;
  }
  return words;
}

/** ONE_WORD matches ASCII without white space, and ASCII_WORDS matches ASCII with no other white space than spaces. */
const ONE_WORD = /^[!-~]+$/;
const ASCII_WORDS = /^[ -~]*$/;
