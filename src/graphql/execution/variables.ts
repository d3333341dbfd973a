import type { GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getVariableValues } from 'graphql';

/** How many errors graphql-js reports when it executes an operation whose variables are wrong. */
export const MAX_ERRORS = 50;

/** The errors of the variables of an operation, as graphql-js reports them; undefined when there are none. */
export function variableErrors(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown> = {},
): readonly GraphQLError[] | undefined {
  return getVariableValues(schema, variableDefinitions, variables, { maxErrors: MAX_ERRORS }).errors;
}
