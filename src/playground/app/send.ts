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

/**
 * A token as a header carries it: one character for each byte of its UTF-8. `fetch` takes no other characters, and its failure would
 * look like an outage. With the quotes of a text processor around it, the server answers that it does not know the token.
 */
function inHeader(token: string): string {
  return Array.from(new TextEncoder().encode(token), (byte) => String.fromCharCode(byte)).join('');
}
