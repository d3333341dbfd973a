import type { HTTPGraphQLRequest } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { Request } from 'express';
import type { AcceptedForms } from './streams/accept.ts';

/** The request as Apollo Server gets it. It takes no subscription by GET, and no client that takes streams alone. */
export function requestForApollo(
  request: Request,
  accepted: AcceptedForms,
  address: string,
  body: unknown,
): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const name of ['accept', 'content-type']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  if (!accepted.stream) return { method: request.method, headers, search: address, body };
  if (!accepted.json) headers.set('accept', 'application/graphql-response+json');
  if (request.method !== 'GET') return { method: request.method, headers, search: address, body };
  headers.set('content-type', 'application/json');
  return { method: 'POST', headers, search: '', body: bodyOf(new URLSearchParams(address)) };
}

/** The parameters of a GET as the body of a POST (GraphQL over HTTP, 5.3). */
function bodyOf(parameters: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...parameters].map(([name, value]) => [
      name,
      name === 'variables' || name === 'extensions' ? parsedOrText(value) : value,
    ]),
  );
}

function parsedOrText(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
