import type { ValueNode } from 'graphql';
import { GraphQLError, GraphQLScalarType, Kind, print } from 'graphql';
import { GraphQLDateTime, GraphQLJSON, GraphQLUUID } from 'graphql-scalars';
import { parseUuid } from '../encoding/uuid.ts';
import { formatTime, parseTime } from '../model/time.ts';
import type { ErrorCode } from './errors.ts';

/**
 * A timestamp: text for clients, microseconds in the model. graphql-scalars' own uses Date, which has no microseconds.
 */
export const DateTime = textScalar(
  GraphQLDateTime,
  parseTime,
  formatTime,
  'an ISO 8601 time such as 2024-05-30T16:10:47Z',
);

/**
 * A UUID. Clients may use any spelling; the model has lower case with hyphens. graphql-scalars' own keeps the spelling.
 */
export const UUID = textScalar(
  GraphQLUUID,
  parseUuid,
  (uuid: string) => uuid,
  'a UUID such as 089de107-5553-4c07-ab00-092b7869dae1',
);

export { GraphQLJSON as AnyJson };

/** A scalar that clients see as text. Its name and metadata come from `base`. */
function textScalar<Internal>(
  base: GraphQLScalarType,
  parse: (text: string) => Internal | null,
  serialize: (value: Internal) => string,
  expected: string,
): GraphQLScalarType<Internal, string> {
  const read = (text: string | null, shown: () => string, node?: ValueNode): Internal => {
    const parsed = text === null ? null : parse(text);
    if (parsed !== null) return parsed;
    const extensions = { code: 'BAD_USER_INPUT' satisfies ErrorCode };
    throw new GraphQLError(`${shown()} is not ${expected}.`, { extensions, ...(node && { nodes: node }) });
  };
  return new GraphQLScalarType<Internal, string>({
    name: base.name,
    specifiedByURL: base.specifiedByURL,
    extensions: base.extensions,
    serialize: (value) => serialize(value as Internal),
    parseValue: (value) => read(typeof value === 'string' ? value : null, () => shownValue(value)),
    parseLiteral: (node: ValueNode) => read(node.kind === Kind.STRING ? node.value : null, () => print(node), node),
  });
}

/** Lists and objects are not written out, because they may be nested without an end. */
function shownValue(value: unknown): string {
  if (Array.isArray(value)) return 'A list';
  return typeof value === 'object' && value !== null ? 'An object' : JSON.stringify(value);
}
