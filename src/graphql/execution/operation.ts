import type { DocumentNode, ExecutionResult, GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Cost } from './limits.ts';

/** A parsed and validated operation with the values of its variables. */
export interface Operation {
  readonly document: DocumentNode;
  /** The name of the operation to run. Not needed when the document has only one. */
  readonly operationName?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
  /** How a list of the result is written when its bytes can be given apart from the data. */
  readonly rows?: RowsFormat | undefined;
}

/** Another form of a list's items than GraphQL's. A document should always come with the same one. */
export interface RowsFormat {
  /** The list's key in the response. */
  readonly key: string;
  /** Rewrites GraphQL's text of a time, which ends at `end`, and for which there is room up to 27 bytes. Returns its new end. */
  rewriteTime(bytes: Uint8Array, end: number): number;
  /** By the name of an enum: what is shown in place of GraphQL's names for its values. */
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
