import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { execute, getOperationAST, GraphQLError } from 'graphql';
import type { ReportError } from '../../http/internal-error.ts';
import { INTERNAL_ERROR_MESSAGE } from '../../http/internal-error.ts';
import type { Context } from '../context.ts';
import { graphqlError, isUnexpected } from '../errors.ts';
import { compiledQueries } from './compiled.ts';
import type { Cost } from './limits.ts';
import { createMeasure, exceededLimit } from './limits.ts';
import type { Operation, RunOperation } from './operation.ts';
import { storageProblem } from './unavailable.ts';

/**
 * Creates the only function that runs operations. GraphQL over HTTP and REST both use it. An operation that exceeds a
 * limit is refused before anything is read. Internal errors are reported with the request's id; the caller sees only
 * the id.
 */
export function createRunOperation(schema: GraphQLSchema, report: ReportError): RunOperation {
  const measure = createMeasure(schema);
  const runCompiled = compiledQueries(schema);
  return async (operation, context) => {
    const cost = measureOperation(operation);
    const refused = cost && exceededLimit(cost);
    if (refused) return { kind: 'single', result: { errors: [refused] }, cost };
    const result = await (runCompiled(operation, context) ?? runPlain(schema, operation, context));
    return { kind: 'single', result: masked(result, context.requestId, report), cost };
  };

  function measureOperation({ document, operationName, variables }: Operation): Cost | null {
    const definition = getOperationAST(document, operationName);
    return definition ? measure(document, definition, variables) : null;
  }
}

function runPlain(schema: GraphQLSchema, { document, operationName, variables }: Operation, contextValue: Context) {
  return execute({ schema, document, operationName, variableValues: variables, contextValue });
}

function masked(result: ExecutionResult, requestId: string, report: ReportError): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map((error) => {
    if (!isUnexpected(error)) return error;
    const { message, extensions } = shownError(error, requestId, report);
    return new GraphQLError(message, { nodes: error.nodes ?? null, path: error.path ?? null, extensions });
  });
  return { ...result, errors };
}

/**
 * The error that a caller sees in place of an unexpected one. A database that cannot be used for a while is not
 * reported for each request: the caller can try again, and the log has the outage once.
 */
function shownError(error: GraphQLError, requestId: string, report: ReportError): GraphQLError {
  const cause = error.originalError ?? error;
  const storage = storageProblem(cause);
  if (storage) return graphqlError(storage.code, storage.message);
  report(cause, requestId);
  return graphqlError('INTERNAL_SERVER_ERROR', INTERNAL_ERROR_MESSAGE, { requestId });
}
