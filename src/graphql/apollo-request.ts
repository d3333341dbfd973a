import type { HTTPGraphQLRequest } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { isRecord } from '../encoding/is-record.ts';
import { parseJson } from '../encoding/parse-json.ts';
import type { AcceptedForms } from './accept.ts';
import { JSON_TYPE } from './accept.ts';

/**
 * The request as it is passed to Apollo Server. Apollo refuses subscriptions by GET, and clients that accept only streams. A
 * GET is therefore passed on as a POST; apollo.ts refuses the mutations of GETs. The Accept header that Apollo gets names the one type
 * that has been chosen already, and JSON for a client that accepts only streams.
 */
export function requestForApollo(accepted: AcceptedForms, body: unknown): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  headers.set('accept', accepted.json ?? 'application/graphql-response+json');
  // Others than JSON have been refused.
  headers.set('content-type', JSON_TYPE);
  return { method: 'POST', headers, search: '', body };
}

/** The parameters that a GET may have, once each. Others are left out. */
const PARAMETERS = ['query', 'operationName', 'variables', 'extensions', 'documentId'] as const;

/** Empty, they count as left out (GraphQL over HTTP, 5.3, and appendix A). */
const MAY_BE_EMPTY = new Set<string>(['operationName', 'documentId']);

/** These are JSON: an object, or null. */
const OBJECTS = new Set<string>(['variables', 'extensions']);

/** The JSON body of a POST without the empty members that count as left out. */
export function withoutEmpty(body: unknown): unknown {
  if (!isRecord(body) || ![...MAY_BE_EMPTY].some((name) => body[name] === '')) return body;
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => value !== '' || !MAY_BE_EMPTY.has(name)));
}

/** The parameters of a GET as the body of a POST (GraphQL over HTTP, 5.3), or what is wrong with them. */
export function bodyOfGet(search: string): { readonly value: Record<string, unknown> } | { readonly problem: string } {
  const parameters = new URLSearchParams(search);
  const value: Record<string, unknown> = {};
  for (const name of PARAMETERS) {
    const [text, second] = parameters.getAll(name);
    // The value that is checked must be the value that runs, so a second one is refused.
    if (second !== undefined) return { problem: `The parameter "${name}" is given more than once.` };
    if (text === undefined || (text === '' && MAY_BE_EMPTY.has(name))) continue;
    value[name] = OBJECTS.has(name) ? parseObject(text) : text;
    if (value[name] === undefined) return { problem: `The parameter "${name}" is not a JSON object.` };
  }
  // Apollo treats an object without members as a missing body.
  return { value: Object.keys(value).length > 0 ? value : { query: '' } };
}

/** The object that the JSON text has, or null; undefined for every other text. */
function parseObject(text: string): Record<string, unknown> | null | undefined {
  const value = parseJson(text);
  return value === null || isRecord(value) ? value : undefined;
}
