import type { GraphQLErrorExtensions } from 'graphql';
import { GraphQLError } from 'graphql';

/**
 * Every value of `extensions.code`, with its meaning and the HTTP status of a response without data. Which error decides, and what the
 * status is with data, is in error-head.ts.
 */
export const ERROR_CODES = {
  UNAUTHENTICATED: { status: 401, meaning: 'There is no valid API token in the Authorization header.' },
  FORBIDDEN: { status: 403, meaning: 'The role of the token’s user does not allow it.' },
  RATE_LIMITED: {
    status: 429,
    meaning:
      'The workspace has used up its requests, here or in its live account, or the address sent too many wrong tokens; Retry-After says when to go on.',
  },
  NOT_ACCEPTABLE: { status: 406, meaning: 'The Accept header allows no media type in which the answer can be given.' },
  TOO_MANY_STREAMS: {
    status: 429,
    meaning:
      'The token, the workspace or the server has as many open streams as it can have; Retry-After says when to try again.',
  },
  BAD_REQUEST: { status: 400, meaning: 'The HTTP request is not a GraphQL request.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    meaning: 'The address does not take this method; the header Allow names those that it takes.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, meaning: 'The body is too large; the message says how large it may be.' },
  UNSUPPORTED_ENCODING: { status: 415, meaning: 'The body has a content coding that the server cannot decode.' },
  GRAPHQL_PARSE_FAILED: { status: 400, meaning: 'The document is not GraphQL, is too long, or has too many tokens.' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, meaning: 'The document does not fit the schema.' },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    meaning: 'The document has no operation of the given name, or several operations and none was named.',
  },
  BAD_USER_INPUT: { status: 400, meaning: 'A variable or an argument has a value that cannot be used.' },
  INVALID_CURSOR: { status: 400, meaning: 'The cursor was not made by this server, or for another list or order.' },
  CURSOR_EXPIRED: {
    status: 400,
    meaning: 'The changes after the cursor are no longer kept. Read all lists again.',
  },
  TOO_DEEP: { status: 400, meaning: 'The operation nests its fields too deeply.' },
  TOO_MANY_ALIASES: { status: 400, meaning: 'The operation has too many aliases.' },
  TOO_MANY_ROOT_FIELDS: {
    status: 400,
    meaning: 'The operation has too many fields at its root, or too many mutations.',
  },
  TOO_COSTLY: { status: 400, meaning: 'The operation may read too much; the message says what would pass.' },
  // The status should be 4xx (GraphQL over HTTP, 6.4.2). It is 200, as Apollo Server has it, because clients of Apollo count on that: older
  // versions of Apollo Client send no more hashes after a 400, and mobile clients look for this code only in answers with status 200.
  PERSISTED_QUERY_NOT_FOUND: { status: 200, meaning: 'The hash is not known here; send the document with it.' },
  DOCUMENT_NOT_TRUSTED: {
    status: 400,
    meaning: 'The server runs registered operations only, and this one is not registered.',
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    meaning: 'The Idempotency-Key is malformed, or came with several mutations.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    meaning: 'The Idempotency-Key came with another request before. Use a new key.',
  },
  STORAGE_BUSY: {
    status: 503,
    meaning:
      'Another process has kept the database from being written to; nothing has changed. Retry-After says when to try again.',
  },
  STORAGE_UNAVAILABLE: {
    status: 503,
    meaning:
      'The disk or the database cannot be used at present; nothing has changed, unless the error has an `outcome`. Retry-After says when to try again.',
  },
  UPSTREAM_UNAVAILABLE: {
    status: 503,
    meaning:
      'The live account that the workspace is kept in cannot be reached at present; for a change the error has its `outcome`. Retry-After says when to try again.',
  },
  OVERLOADED: {
    status: 503,
    meaning:
      'The server, or this workspace, is handling as many requests as it can; nothing was done. Retry-After says when to try again.',
  },
  TIMEOUT: {
    status: 503,
    meaning:
      'The operation took too long and was ended; nothing has changed, unless the error has an `outcome`. Ask for less at once.',
  },
  INTERNAL_SERVER_ERROR: { status: 500, meaning: 'A fault of the server. The log has it under the requestId.' },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An error of an answer, as far as its code is concerned. */
export interface ErrorWithCode {
  readonly extensions?: GraphQLErrorExtensions;
}

/** The code of an error. One without a code is graphql-js's own, and concerns the value of a variable. */
export function codeOf({ extensions }: ErrorWithCode): ErrorCode {
  const code = extensions?.['code'];
  return isErrorCode(code) ? code : 'BAD_USER_INPUT';
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

/** An error that callers are meant to see. */
export function graphqlError(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** Whether the error comes from a bug or an outage. Callers must not see its message. */
export function isUnexpected(error: GraphQLError): boolean {
  return error.originalError != null && !(error.originalError instanceof GraphQLError);
}
