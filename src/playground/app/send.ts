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
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(operation),
    credentials: 'omit',
    cache: 'no-store',
    signal,
  });
}

/** The data of each event named `next` (HTML Standard, 9.2.6), as far as the server uses such streams. */
export async function* nextEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: ?next$/m.test(event) && /^data: ?(.*)$/m.exec(event)?.[1];
      if (data) yield data;
    }
  }
}
