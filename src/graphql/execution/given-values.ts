import type { GraphQLError, GraphQLInputType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { graphqlError } from '../errors.ts';
import { LIMITS } from './limits.ts';
import { variableTypes } from './variables.ts';

/** The input type of the rows of an import. An import may have many more of them than other lists have items. */
const ROW = 'CampaignImportRow';

/**
 * The error of an operation with more values in the lists of its variables than any operation can use; null for every other one. The
 * fields refuse long lists too, but only after graphql-js has coerced each value, which takes a microsecond and more.
 */
export function tooManyValues(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError | null {
  const counted = { values: 0, rows: 0 };
  for (const [name, type] of variableTypes(schema, operation)) {
    if (Object.hasOwn(variables, name)) count(type, variables[name], false, counted);
  }
  const { values, rows } = counted;
  const most = Math.max(values, rows);
  if (most <= LIMITS.listValues) return null;
  const what = rows > values ? 'rows' : 'values';
  return graphqlError(
    'BAD_USER_INPUT',
    `The lists of the variables have ${most} ${what} in all; they can have at most ${LIMITS.listValues}.`,
  );
}

/**
 * Adds what the value has in lists: the items, and the members of those that are objects. Of a row only the row itself counts. The values of
 * an enum do not, because they are coerced in no time, and a filter may name each as often as it likes.
 */
function count(
  type: GraphQLInputType,
  value: unknown,
  isInList: boolean,
  counted: { values: number; rows: number },
): void {
  if (isNonNullType(type)) return count(type.ofType, value, isInList, counted);
  if (isListType(type)) {
    if (!Array.isArray(value)) return;
    const item = getNamedType(type);
    if (item.name === ROW) counted.rows += value.length;
    else if (!isEnumType(item)) for (const one of value) count(type.ofType, one, true, counted);
    return;
  }
  if (isInList) counted.values += 1;
  if (!isInputObjectType(type) || typeof value !== 'object' || value === null) return;
  const given = value as Readonly<Record<string, unknown>>;
  for (const { name, type: member } of Object.values(type.getFields())) {
    if (given[name] !== undefined) count(member, given[name], isInList, counted);
  }
}
