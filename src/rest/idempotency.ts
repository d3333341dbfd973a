import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Request } from 'express';
import { getOperationAST } from 'graphql';
import type { Caller } from '../graphql/context.ts';
import { fingerprint } from '../graphql/execution/idempotency.ts';
import { parseIdempotencyKey } from '../http/idempotency-key.ts';
import { HttpError } from './http-error.ts';

/** Returns the caller as whom an operation runs with these variables. */
export type CallerOf = (document: TypedDocumentNode<unknown, never>, variables: object) => Caller;

/**
 * The caller of a request's operations, with the idempotency key of a POST; other methods have none, because they can be
 * repeated without one. What makes two requests the same is the operation that they become and not their bytes, because
 * a form in multipart has another boundary each time that it is sent. Throws the HttpError of a malformed key.
 */
export function withIdempotencyKey(request: Request, caller: Caller): CallerOf {
  const parsed = request.method === 'POST' ? parseIdempotencyKey(request.headers['idempotency-key']) : undefined;
  if (!parsed) return () => caller;
  if ('problem' in parsed) throw new HttpError(400, parsed.problem);
  return (document, variables) => {
    const operation = getOperationAST(document)?.name?.value;
    return { ...caller, idempotency: { key: parsed.key, fingerprint: fingerprint(operation, variables) } };
  };
}
