import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getOperationAST, getVariableValues, GraphQLError, Kind, OperationTypeNode } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Context } from '../context.ts';
import type { Operation } from './operation.ts';

type CompiledOperation = CompiledQuery & { readonly operation: OperationDefinitionNode };

/** Runs an operation that has been compiled, or returns null for one that has not. */
export type RunCompiled = (operation: Operation, context: Context) => Promise<ExecutionResult> | ExecutionResult | null;

/**
 * Queries that come again are compiled to functions by graphql-jit, which answers a page of 250 in a third of the time
 * that graphql-js needs. What differs from graphql-js is put right here, and what would have to be is left to it:
 * mutations (graphql-jit goes on after a failed one), introspection, and what is asked for once only, since compiling
 * takes longer than running.
 */
export function compiledQueries(schema: GraphQLSchema): RunCompiled {
  // Documents are the keys, so that what Apollo forgets is forgotten here.
  const seen = new WeakMap<DocumentNode, Map<string, CompiledOperation | 'once' | 'never'>>();

  return ({ document, operationName, variables = {} }, context) => {
    let operations = seen.get(document);
    if (!operations) seen.set(document, (operations = new Map()));
    const name = operationName ?? '';
    const known = operations.get(name);
    if (known === 'never') return null;
    if (known === undefined) {
      operations.set(name, isWorthCompiling(document, operationName) ? 'once' : 'never');
      return null;
    }
    const compiled = known === 'once' ? compile(schema, document, operationName) : known;
    if (known === 'once') operations.set(name, compiled ?? 'never');
    if (!compiled) return null;

    // graphql-js's errors name the variable; graphql-jit's do not.
    const { errors } = getVariableValues(schema, compiled.operation.variableDefinitions ?? [], variables);
    if (errors) return { errors };
    const result = compiled.query(undefined, context, variables);
    return result instanceof Promise ? result.then(withGraphQLErrors) : withGraphQLErrors(result);
  };
}

function isWorthCompiling(document: DocumentNode, operationName: string | undefined): boolean {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return false;
  return operation.selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && !/^__(schema|type)$/.test(selection.name.value),
  );
}

function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined) {
  const compiled = compileQuery(schema, document, operationName);
  const operation = getOperationAST(document, operationName);
  return isCompiledQuery(compiled) && operation ? { ...compiled, operation } : null;
}

/** graphql-jit's errors wrap what was thrown, without its extensions. What fields with arguments throw is located already. */
function withGraphQLErrors(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  return {
    ...result,
    errors: result.errors.map(({ message, path, originalError }) => {
      const located = originalError instanceof GraphQLError ? originalError : null;
      return new GraphQLError(message, {
        nodes: located?.nodes ?? null,
        path: path ?? null,
        originalError: (located ? located.originalError : originalError) ?? null,
        extensions: located?.extensions ?? null,
      });
    }),
  };
}
