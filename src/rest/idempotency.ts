import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Request } from 'express';
import { getOperationAST } from 'graphql';
import type { Caller } from '../graphql/context.ts';
import { fingerprint } from '../graphql/execution/idempotency.ts';
import { parseIdempotencyKey } from '../http/idempotency-key.ts';
import { HttpError } from './http-error.ts';

/** Returns the caller for an operation with these variables. */
export type CallerOf = (document: TypedDocumentNode<unknown, never>, variables: object) => Caller;

/**
 * The caller for the operations of a request. A POST has its idempotency key; other methods can be repeated without a key. Two requests
 * are the same when they become the same operation. Their bytes are not compared, because a multipart body has another boundary each
 * time that it is sent. Throws an HttpError when the key is malformed.
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
