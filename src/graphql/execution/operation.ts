import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import type { Cost } from './limits.ts';

/** A parsed and validated operation with the values of its variables. */
export interface Operation {
  readonly document: DocumentNode;
  /** Which of the document's operations; not needed where there is one. */
  readonly operationName?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

/** What an operation gives: one result, or one after the other for as long as the caller listens. */
export type OperationResult =
  | { readonly kind: 'single'; readonly result: ExecutionResult; readonly cost: Cost | null }
  | { readonly kind: 'stream'; readonly results: AsyncIterable<ExecutionResult>; readonly cost: Cost | null };

/**
 * Runs an operation for the caller of a context. It never rejects: errors are in the result. The cost is null where the
 * document has no operation of the name.
 */
export type RunOperation = (operation: Operation, context: Context) => Promise<OperationResult>;
