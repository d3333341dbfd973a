import type { DocumentNode, ExecutionResult, GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Cost } from './limits.ts';

/** A parsed and validated operation with the values of its variables. */
export interface Operation {
  readonly document: DocumentNode;
  /** The name of the operation to run. Not needed when the document has only one. */
  readonly operationName?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

/** A result whose data is JSON text already. The data is undefined when the operation was not executed. */
export interface TextResult {
  readonly data: string | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
}

/**
 * The outcome of an operation: a single result, one whose data is JSON text, or a stream of results for as long as the
 * caller listens.
 */
export type OperationResult =
  | { readonly kind: 'single'; readonly result: ExecutionResult; readonly cost: Cost | null }
  | { readonly kind: 'text'; readonly result: TextResult; readonly cost: Cost | null }
  | {
      readonly kind: 'stream';
      /** They end with an error when the caller should come back. */
      readonly results: AsyncIterable<StreamedResult>;
      /** Aborts when the stream is over. */
      readonly signal: AbortSignal;
      readonly cost: Cost | null;
    };

/** One result of a stream. */
export interface StreamedResult {
  readonly result: ExecutionResult;
  /** Where the caller can go on from after this result. undefined: it is the error with which the stream ends. */
  readonly cursor?: string;
}

/**
 * Runs an operation for the context's caller. It never rejects: errors are in the result. The cost is null when the
 * document has no operation of this name.
 */
export type RunOperation = (operation: Operation, context: Context) => Promise<OperationResult>;
