import type { ValueNode } from 'graphql';
import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLUUID } from 'graphql-scalars';
import { formatTime, parseTime } from '../model/time.ts';
import { parseUuid } from '../model/uuid.ts';
import { graphqlError } from './errors.ts';

/** A moment: text outside, microseconds inside. graphql-scalars' own goes through Date, which has no microseconds. */
export const DateTime = textScalar(
  GraphQLDateTime,
  parseTime,
  formatTime,
  'an ISO 8601 time such as 2024-05-30T16:10:47Z',
);

/** A UUID in any spelling outside, in lower case with hyphens inside. graphql-scalars' own keeps the spelling. */
export const UUID = textScalar(
  GraphQLUUID,
  parseUuid,
  (uuid: string) => uuid,
  'a UUID such as 089de107-5553-4c07-ab00-092b7869dae1',
);

/** A scalar that is written as text, built on one of graphql-scalars. */
function textScalar<Internal>(
  base: GraphQLScalarType,
  parse: (text: string) => Internal | null,
  serialize: (value: Internal) => string,
  expected: string,
): GraphQLScalarType<Internal, string> {
  const parseValue = (value: unknown): Internal => {
    const parsed = typeof value === 'string' ? parse(value) : null;
    if (parsed === null) throw graphqlError('BAD_USER_INPUT', `${JSON.stringify(value)} is not ${expected}.`);
    return parsed;
  };
  return new GraphQLScalarType<Internal, string>({
    name: base.name,
    specifiedByURL: base.specifiedByURL,
    extensions: base.extensions,
    serialize: (value) => serialize(value as Internal),
    parseValue,
    parseLiteral: (node: ValueNode) => parseValue(node.kind === Kind.STRING ? node.value : undefined),
  });
}
