import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { Kind, validate } from 'graphql';
import type { Context } from '../graphql/context.ts';
import { keyReusedError } from '../graphql/execution/idempotency.ts';
import type { RowsFormat, RunOperation, StreamedResult } from '../graphql/execution/operation.ts';
import { throttledFor, unavailableError } from '../graphql/execution/unavailable.ts';
import * as operations from './generated/operations.ts';
import { HttpError, INVALID_TOKEN, NOT_PERMITTED, serviceUnavailable, throttled } from './http-error.ts';

/**
 * The result of an operation: its data, or the name of a variable whose value could not be used. `rows` has the bytes of the list if the
 * list was asked for as rows. Without `rows`, the list is in the data.
 */
export type Outcome<Data> =
  { readonly data: Data; readonly rows?: Uint8Array | undefined } | { readonly unusable: string };

/**
 * Runs one of the operations of operations/ for a caller. Rejects with an HttpError: 503 when the server cannot run it at present, 422
 * when the idempotency key was used for another request. Any other error is a bug of the server.
 */
export type Run = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  context: Context,
  rows?: RowsFormat,
) => Promise<Outcome<Data>>;

/**
 * Runs a subscription of operations/ for a caller. The results end with an HttpError when the caller should not connect again.
 * Rejects like `Run`.
 */
export type Follow = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  context: Context,
) => Promise<AsyncIterable<Data>>;

/** Returns a function that runs subscriptions. `prepareOperations` has already validated them. */
export function prepareSubscriptions(runOperation: RunOperation): Follow {
  return async (document, variables, context) => {
    const outcome = await runOperation({ document, variables }, context);
    if (outcome.kind !== 'stream') throw followError(outcome.result.errors?.[0], context);
    return dataOfEach(outcome.results, context);
  };
}

async function* dataOfEach(
  results: AsyncIterable<StreamedResult>,
  context: Context,
): AsyncGenerator<never, void, void> {
  for await (const { result } of results) {
    if (result.errors) throw followError(result.errors[0], context);
    yield result.data as never;
  }
}

function followError(error: GraphQLError | undefined, { stream }: Context): Error {
  if (!error) return new Error('a subscription gives a stream or an error');
  switch (error.extensions.code) {
    case 'CURSOR_EXPIRED':
      return new HttpError(410, 'The changes after this cursor are not kept any more. Read all lists again.');
    case 'INVALID_CURSOR': {
      const where = stream?.resumeAfter === undefined ? "Param 'after'" : 'Header Last-Event-ID';
      return new HttpError(400, `${where}: this is not a cursor of the changes.`);
    }
    case 'UNAUTHENTICATED':
      return new HttpError(403, INVALID_TOKEN);
    default: {
      const unavailable = unavailableError([error]);
      return unavailable ? serviceUnavailable(unavailable.message) : error;
    }
  }
}

/**
 * Validates the operations that REST requests are translated to, so that a server with an invalid operation does not start. Returns a
 * function that runs them. The documents were parsed when they were generated.
 */
export function prepareOperations(schema: GraphQLSchema, runOperation: RunOperation): Run {
  for (const [name, document] of Object.entries(operations)) {
    // Generated fragments are documents too. They are validated as parts of the operations that use them.
    if (document.definitions.every(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)) continue;
    const [error] = validate(schema, document);
    if (error) throw new Error(`the operation ${name} does not fit the schema: ${error.message}`);
  }
  return async (document, variables, context, rows) => {
    const outcome = await runOperation({ document, variables, rows }, context);
    if (outcome.kind === 'stream') throw new Error('an operation of REST gives one result');
    const { errors } = outcome.result;
    const [error] = errors ?? [];
    if (!error) {
      return outcome.kind === 'json'
        ? { data: JSON.parse(Buffer.from(outcome.result.data).toString()) as never, rows: outcome.result.rows }
        : { data: outcome.result.data as never };
    }
    const variable = unusableVariable(error);
    if (variable !== null) return { unusable: variable };
    const reused = keyReusedError(errors);
    if (reused) throw new HttpError(422, reused.message);
    const { code } = error.extensions;
    if (code === 'TOO_COSTLY' || code === 'BAD_USER_INPUT') throw new HttpError(400, error.message);
    const seconds = throttledFor(errors);
    if (seconds !== undefined) throw throttled(seconds);
    if (code === 'FORBIDDEN') throw new HttpError(403, NOT_PERMITTED);
    const unavailable = unavailableError(errors);
    throw unavailable ? serviceUnavailable(unavailable.message) : error;
  };
}

/** The name of the variable whose value GraphQL could not use, including unknown cursors. */
function unusableVariable(error: GraphQLError): string | null {
  const node = error.nodes?.[0];
  if (node?.kind === Kind.VARIABLE_DEFINITION) return node.variable.name.value;
  return error.extensions.code === 'INVALID_CURSOR' ? 'cursor' : null;
}
