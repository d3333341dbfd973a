import type { TypedDocumentString } from '../generated/graphql.ts';
import { inHeader } from './in-header.js';

/** This file has only the code that the first script needs to send an operation before the program is loaded: see first-script.ts. */
export const ENDPOINT = '/graphql';

/** A request without a response after this time has failed. It is long, because some clinics have slow connections. */
export const TIMEOUT_MS = 30_000;

/** The hash by which the server knows the operation. */
export function hashOf(document: TypedDocumentString<unknown, never>): string {
  // oxlint-disable-next-line no-underscore-dangle -- the code generator chose this name
  const hash: unknown = document.__meta__?.['hash'];
  if (typeof hash !== 'string') throw new Error('An operation has no hash: run `npm run codegen`.');
  return hash;
}

/** An operation that is named by its hash, as the server takes it. */
export function operationByHash<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): object {
  return { variables, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(document) } } };
}

export interface RequestParts {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A request that sends an operation in its body. */
export function jsonRequest(body: string): RequestParts {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body };
}

/** Sends a request with a token. */
export function send(token: string, url: string, init: RequestParts, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    ...init,
    headers: {
      ...init.headers,
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${inHeader(token)}`,
    },
    credentials: 'omit',
    cache: 'no-store',
    signal,
  });
}
