import type { GraphQLInputType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { GraphQLID, GraphQLString, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { isRecord } from '../../encoding/is-record.ts';
import { MAX_ERRORS, variableTypes } from './variables.ts';

/** graphql-js writes a value of up to so many values and characters into a message as it is. */
const MAX_PLAIN_VALUES = 100;
const MAX_PLAIN_CHARACTERS = 2_000;

/** How many characters of a larger list or object a message has, and how many of its members at most. */
const MAX_SHOWN_CHARACTERS = 200;
const MAX_SHOWN_MEMBERS = 10;

/**
 * Variables that mean the same for the operation, but of which graphql-js shows only the beginning in its messages. It writes a whole
 * object into the message of each of its errors. One of a megabyte would take seconds, and the answer would have 50 megabytes.
 */
export function briefInMessages(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown> | undefined,
): Record<string, unknown> | undefined {
  if (!variables || isSmall(variables)) return variables;
  return Object.fromEntries(
    variableTypes(schema, operation)
      .filter(([name]) => Object.hasOwn(variables, name))
      .map(([name, type]) => [name, briefValue(type, variables[name])]),
  );
}

/** Whether there is so little that graphql-js can check and show all of it. Takes the same time for all large values. */
export function isSmall(variables: object): boolean {
  let values = MAX_PLAIN_VALUES;
  let characters = MAX_PLAIN_CHARACTERS;
  const fits = (value: unknown): boolean => {
    values -= 1;
    if (typeof value === 'string') characters -= value.length;
    if (values < 0 || characters < 0) return false;
    if (Array.isArray(value)) return value.length <= values && value.every(fits);
    if (!isRecord(value)) return true;
    for (const name in value) {
      characters -= name.length;
      if (!fits(value[name])) return false;
    }
    return true;
  };
  return fits(variables);
}

function briefValue(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return briefValue(type.ofType, value);
  if (isListType(type)) {
    return Array.isArray(value) ? value.map((item) => briefValue(type.ofType, item)) : briefValue(type.ofType, value);
  }
  if (typeof value === 'string') return type === GraphQLString || type === GraphQLID ? value : briefText(value);
  if (typeof value !== 'object' || value === null) return value;
  let shown: string | undefined;
  const show = () => (shown ??= beginningOf(value));
  // Where a text, a number or an object is expected, a list is wrong whatever it contains.
  if (Array.isArray(value)) return Object.assign([], { toJSON: show });
  const brief = new BriefObject(show);
  // No scalar or enum that is an input takes an object, so that what is in this one does not matter.
  if (!isInputObjectType(type)) return brief;
  const fields = type.getFields();
  const given = value as Readonly<Record<string, unknown>>;
  let unknown = 0;
  for (const name in given) {
    const field = fields[name];
    if (field) brief[name] = briefValue(field.type, given[name]);
    // Unknown members beyond the number of errors that are reported change nothing. The value of others is not looked at.
    // It is a function and not assigned, because the name may be `toJSON` or `__proto__`.
    else if (++unknown <= MAX_ERRORS + 1) Object.defineProperty(brief, name, { value: show, enumerable: true });
  }
  return brief;
}

/** A text where not every text is right. One that is longer than any right one stays wrong when it is cut, because of what is at its end. */
function briefText(text: string): string {
  return text.length <= MAX_PLAIN_CHARACTERS ? text : `${text.slice(0, MAX_SHOWN_CHARACTERS)}…`;
}

/** An object that graphql-js shows as `show` says. */
class BriefObject {
  [member: string]: unknown;
  readonly #show: () => string;

  constructor(show: () => string) {
    this.#show = show;
  }

  /** graphql-js calls this when it shows the object. */
  toJSON(): string {
    return this.#show();
  }
}

/** The beginning of a list or an object, as graphql-js writes values in messages. */
function beginningOf(value: object): string {
  const text = written(value, 0);
  return text.length <= MAX_SHOWN_CHARACTERS ? text : `${text.slice(0, MAX_SHOWN_CHARACTERS)}…`;
}

function written(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, MAX_SHOWN_CHARACTERS));
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth > 2) return Array.isArray(value) ? '[Array]' : '[Object]';
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_SHOWN_MEMBERS).map((item) => written(item, depth + 1));
    return `[${items.join(', ')}]`;
  }
  const members: string[] = [];
  // Not Object.entries, which takes several times as long for an object with members by the ten thousand.
  for (const name in value) {
    if (members.length === MAX_SHOWN_MEMBERS) break;
    const member = (value as Readonly<Record<string, unknown>>)[name];
    members.push(`${name.slice(0, MAX_SHOWN_CHARACTERS)}: ${written(member, depth + 1)}`);
  }
  return `{ ${members.join(', ')} }`;
}
