import type { TypedDocumentString } from '../generated/graphql.ts';

/** What the script in the page needs to send an operation before the program is there: see first-script.ts. */
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

/** The body of a request that names its operation by the hash. */
export function bodyByHash<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): string {
  return JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(document) } } });
}

/** Sends the body of an operation with a token. */
export function send(token: string, body: string, signal: AbortSignal): Promise<Response> {
  return fetch(ENDPOINT, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${token}`,
    },
    body,
    credentials: 'omit',
    signal,
  });
}
