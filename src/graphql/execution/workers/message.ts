import type { GraphQLErrorExtensions, Source } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Caller } from '../../context.ts';

// The messages between the server and its workers. They are plain data, because they are copied.

/** A query for a worker to execute. */
export interface QueryMessage {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown> | undefined;
  readonly caller: Caller;
}

/** The result of a query, and the internal errors behind it. */
export interface AnswerMessage {
  /** JSON in UTF-8; undefined when the query was not executed. */
  readonly data: Uint8Array | undefined;
  readonly errors: readonly ErrorMessage[] | undefined;
  /** They are for the log, and callers do not see them. */
  readonly internalErrors: readonly InternalErrorMessage[];
}

/** A worker could not execute the query at all. */
export interface FailureMessage {
  readonly failed: InternalErrorMessage;
  /** Whether the reason is that the database cannot be opened. */
  readonly isOutage: boolean;
}

/** A GraphQLError without its nodes. The server finds the locations again with the positions and its own copy of the text. */
export interface ErrorMessage {
  readonly message: string;
  readonly positions: readonly number[] | undefined;
  readonly path: readonly (string | number)[] | undefined;
  readonly extensions: GraphQLErrorExtensions;
}

export interface InternalErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** The code of an error of SQLite or of the system. */
  readonly code: unknown;
}

export function errorMessage({ message, positions, path, extensions }: GraphQLError): ErrorMessage {
  return { message, positions, path, extensions };
}

/** The GraphQLError that a message describes. It has locations when there is a source. */
export function errorOf({ message, positions, path, extensions }: ErrorMessage, source?: Source): GraphQLError {
  return new GraphQLError(message, {
    source: source ?? null,
    positions: (source && positions) ?? null,
    path: path ?? null,
    extensions,
  });
}

export function internalErrorMessage(error: Error): InternalErrorMessage {
  const { name, message, stack } = error;
  return { name, message, stack, code: 'code' in error ? error.code : undefined };
}

/** The error that a message describes, for the log. */
export function internalErrorOf({ name, message, stack, code }: InternalErrorMessage): Error {
  const error = Object.assign(new Error(message), { name }, code !== undefined && { code });
  if (stack !== undefined) error.stack = stack;
  return error;
}
