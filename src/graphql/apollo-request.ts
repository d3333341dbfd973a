import type { HTTPGraphQLRequest } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { Request } from 'express';
import type { AcceptedForms } from './streams/accept.ts';

/**
 * The request as Apollo Server gets it, or what is wrong with its parameters. Apollo takes no subscription by GET, and no client that
 * takes streams alone: a GET is given to it as a POST, and apollo.ts refuses the mutations of GETs.
 */
export function requestForApollo(
  request: Request,
  accepted: AcceptedForms,
  address: string,
  body: unknown,
): HTTPGraphQLRequest | { readonly problem: string } {
  const headers = new HeaderMap();
  for (const name of ['accept', 'content-type']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  if (!accepted.json) headers.set('accept', 'application/graphql-response+json');
  if (request.method === 'POST') return { method: 'POST', headers, search: address, body };
  headers.set('content-type', 'application/json');
  const parameters = bodyOf(new URLSearchParams(address));
  return 'problem' in parameters ? parameters : { method: 'POST', headers, search: '', body: parameters.body };
}

/** The parameters of a GET as the body of a POST (GraphQL over HTTP, 5.3). */
function bodyOf(parameters: URLSearchParams): { readonly body: object } | { readonly problem: string } {
  const body: Record<string, unknown> = { query: '', ...Object.fromEntries(parameters) };
  for (const name of ['variables', 'extensions']) {
    const text = body[name];
    if (typeof text !== 'string') continue;
    try {
      body[name] = JSON.parse(text);
    } catch {
      return { problem: `The parameter "${name}" is not JSON.` };
    }
  }
  return { body };
}
