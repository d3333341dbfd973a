import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Request } from 'express';
import { getOperationAST } from 'graphql';
import type { Context, CreateContext } from '../graphql/context.ts';
import { fingerprint } from '../graphql/execution/idempotency.ts';
import { parseIdempotencyKey } from '../http/idempotency-key.ts';
import { HttpError } from './http-error.ts';

/** Returns the context in which an operation runs with these variables. */
export type ContextOf = (document: TypedDocumentNode<unknown, never>, variables: object) => Context;

/**
 * The contexts of a request's operations. They carry the idempotency key of a POST; other methods have none, because they
 * can be repeated without one. What makes two requests the same is the operation that they become and not their
 * bytes, because a form in multipart has another boundary each time that it is sent. Throws the HttpError of a malformed
 * key.
 */
export function contextsOf(request: Request, context: Context, createContext: CreateContext): ContextOf {
  const parsed = request.method === 'POST' ? parseIdempotencyKey(request.headers['idempotency-key']) : undefined;
  if (!parsed) return () => context;
  if ('problem' in parsed) throw new HttpError(400, parsed.problem);
  return (document, variables) => {
    const operation = getOperationAST(document)?.name?.value;
    return createContext({
      ...context,
      idempotency: { key: parsed.key, fingerprint: fingerprint(operation, variables) },
    });
  };
}
