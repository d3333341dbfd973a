import type { GraphQLSchema } from 'graphql';
import { execute, getOperationAST, OperationTypeNode } from 'graphql';
import type { ReportError } from '../../http/internal-error.ts';
import type { Context } from '../context.ts';
import { Loaders } from '../loaders.ts';
import type { Pause } from './answer/writer.ts';
import { answerWriter } from './answer/writer.ts';
import type { Executed, Operation } from './operation.ts';
import { masked } from './shown-error.ts';
import { outageOf } from './unavailable.ts';

/** Executes an operation. It never rejects. */
export type ExecuteOperation = (operation: Operation, context: Context) => Promise<Executed>;

/**
 * Creates the function that executes operations in this process. The answer writer executes queries. graphql-js executes
 * mutations, and the queries that the writer does not support or that have errors. Internal errors are reported with the
 * request's id; the result has only the id.
 */
export function createExecute(schema: GraphQLSchema, report: ReportError, pause?: Pause): ExecuteOperation {
  const write = answerWriter(schema, pause);
  return async (operation, context) => {
    let failure: Error | undefined;
    const written = await write(operation, context).catch((error: Error) => void (failure = error));
    if (written) return { kind: 'json', result: written };
    // The writer's loaders have cached what they read. With them graphql-js would find errors in another order.
    const fresh = { ...context, loaders: new Loaders(context.session, context.workspace, context.loaders.seen) };
    const result = await runPlain(schema, operation, fresh);
    // graphql-js finds the same errors. Without any, the writer has a fault, unless the database or an account was away for a moment.
    if (failure && !result.errors && !outageOf(failure)) {
      report(
        new Error(`graphql-js answered a query that the answer writer could not: ${failure.message}`, {
          cause: failure,
        }),
        context.requestId,
      );
    }
    const definition = getOperationAST(operation.document, operation.operationName);
    const isMutation = definition?.operation === OperationTypeNode.MUTATION;
    return { kind: 'single', result: masked(result, context.requestId, report, isMutation) };
  };
}

function runPlain(schema: GraphQLSchema, { document, operationName, variables }: Operation, contextValue: Context) {
  return execute({ schema, document, operationName, variableValues: variables, contextValue });
}
