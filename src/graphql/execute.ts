import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { execute as executeDocument, GraphQLError } from 'graphql';
import type { ReportError } from '../http/internal-error.ts';
import { INTERNAL_ERROR_MESSAGE } from '../http/internal-error.ts';
import { compiledQueries } from './compiled.ts';
import type { Context } from './context.ts';
import { graphqlError, isUnexpected } from './errors.ts';

/** A parsed and validated operation with the values of its variables. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

/** Runs an operation for the caller of a context. It never rejects: what goes wrong is in the result's errors. */
export type Execute = (operation: Operation, context: Context) => Promise<ExecutionResult>;

/**
 * The one way to run an operation, for GraphQL over HTTP and for REST. Faults of the server are reported with the
 * request's id and masked: the caller sees the id and nothing else of them.
 */
export function createExecute(schema: GraphQLSchema, report: ReportError): Execute {
  const runCompiled = compiledQueries(schema);
  return async (operation, context) => {
    const result = await (runCompiled(operation, context) ?? runPlain(schema, operation, context));
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => masked(error, context.requestId, report)) };
  };
}

function runPlain(schema: GraphQLSchema, { document, operationName, variables }: Operation, contextValue: Context) {
  return executeDocument({ schema, document, operationName, variableValues: variables, contextValue });
}

function masked(error: GraphQLError, requestId: string, report: ReportError): GraphQLError {
  if (!isUnexpected(error)) return error;
  report(error.originalError ?? error, requestId);
  const { message, extensions } = graphqlError('INTERNAL_SERVER_ERROR', INTERNAL_ERROR_MESSAGE, { requestId });
  return new GraphQLError(message, { nodes: error.nodes ?? null, path: error.path ?? null, extensions });
}
