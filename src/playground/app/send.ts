import { inHeader } from '../../console/app/api/in-header.js';

export interface Operation {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string;
}

/** Sends an operation to the server. A subscription is answered with server-sent events. */
export function send(
  token: string | undefined,
  operation: Operation,
  { stream = false, signal = null }: { stream?: boolean; signal?: AbortSignal | null } = {},
): Promise<Response> {
  return fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: stream ? 'text/event-stream' : 'application/graphql-response+json, application/json',
      ...(token !== undefined && { authorization: `Bearer ${inHeader(token)}` }),
    },
    body: JSON.stringify(operation),
    credentials: 'omit',
    cache: 'no-store',
    signal,
  });
}
