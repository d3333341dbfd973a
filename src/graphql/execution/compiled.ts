import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getOperationAST, GraphQLError, Kind, OperationTypeNode } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Context } from '../context.ts';
import type { Operation } from './operation.ts';
import { variableErrors } from './variables.ts';

type CompiledOperation = CompiledQuery & { readonly operation: OperationDefinitionNode };

/** Runs an operation that has been compiled, or returns null for one that has not. */
export type RunCompiled = (operation: Operation, context: Context) => Promise<ExecutionResult> | ExecutionResult | null;

/**
 * Compiles repeated queries with graphql-jit, which answers a page of 250 in a third of the time that graphql-js needs.
 * Its errors are changed to those of graphql-js. Three kinds of operations are left to graphql-js: mutations, because
 * graphql-jit continues after a failed one; introspection; and operations on their first run, because compiling takes
 * longer than running.
 */
export function compiledQueries(schema: GraphQLSchema): RunCompiled {
  // Documents are weak keys, so that an entry disappears when Apollo drops the document from its cache.
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

    // graphql-js checks the variables, because its errors name the variable and those of graphql-jit do not.
    const errors = variableErrors(schema, compiled.operation, variables);
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

/**
 * Rebuilds graphql-jit's errors, because they lose the extensions of the errors that they wrap. Errors of fields with
 * arguments already have their location.
 */
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
