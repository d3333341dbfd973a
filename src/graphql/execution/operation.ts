import type { DocumentNode, ExecutionResult, GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Cost } from './limits.ts';

/** A parsed and validated operation with the values of its variables. */
export interface Operation {
  readonly document: DocumentNode;
  /** The name of the operation to run. Not needed when the document has only one. */
  readonly operationName?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
  /** The format for one list of the result, when the bytes of that list can be returned apart from the data. */
  readonly rows?: RowsFormat | undefined;
}

/**
 * A format for a list's items that differs from GraphQL's. Use the same one with a document each time, because a document's
 * plans are kept for one format only.
 */
export interface RowsFormat {
  /** The list's key in the response. */
  readonly key: string;
  /** Rewrites GraphQL's text of a time in place. The text ends at `end`, and may become up to 27 bytes long. Returns its new end. */
  rewriteTime(bytes: Uint8Array, end: number): number;
  /** For the name of an enum: a function that returns what is shown in place of GraphQL's name of a value. */
  readonly texts: Readonly<Record<string, (name: string) => string>>;
}

/** A result whose data is JSON already, in UTF-8. */
export interface JsonResult {
  readonly data: Uint8Array;
  /** The list that the operation's `rows` asks for. The data has null in its place. */
  readonly rows?: Uint8Array | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
}

/** What executing an operation gave. */
export type Executed =
  | { readonly kind: 'single'; readonly result: ExecutionResult }
  | { readonly kind: 'json'; readonly result: JsonResult };

/**
 * The outcome of an operation: a single result, one whose data is JSON, or a stream of results for as long as the caller
 * listens.
 */
export type OperationResult =
  | (Executed & { readonly cost: Cost | null })
  | {
      readonly kind: 'stream';
      /** The results end with an error when the caller should reconnect. */
      readonly results: AsyncIterable<StreamedResult>;
      /** Aborts when the stream is over. */
      readonly signal: AbortSignal;
      readonly cost: Cost | null;
    };

/** One result of a stream. */
export interface StreamedResult {
  readonly result: ExecutionResult;
  /** The position from which the caller can go on after this result. undefined means that the result is the error that ends the stream. */
  readonly cursor?: string;
}

/**
 * Runs an operation for the context's caller. It never rejects: errors are in the result. The cost is null when the
 * document has no operation of this name.
 */
export type RunOperation = (operation: Operation, context: Context) => Promise<OperationResult>;
