import type { GraphQLError, GraphQLInputType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getVariableValues, isInputType, typeFromAST } from 'graphql';

/** How many errors graphql-js reports when it executes an operation whose variables are wrong. */
export const MAX_ERRORS = 50;

/** The variables of an operation, by name, with their types. Those of a type that is no input type of the schema are left out. */
export function variableTypes(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): (readonly [name: string, type: GraphQLInputType])[] {
  return variableDefinitions.flatMap(({ variable, type }) => {
    const inputType = typeFromAST(schema, type);
    return isInputType(inputType) ? [[variable.name.value, inputType] as const] : [];
  });
}

/** The errors of the variables of an operation, as graphql-js reports them; undefined when there are none. */
export function variableErrors(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown> = {},
): readonly GraphQLError[] | undefined {
  return getVariableValues(schema, variableDefinitions, variables, { maxErrors: MAX_ERRORS }).errors;
}
