import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';

/** One event of a stream of server-sent events. */
export interface StreamEvent {
  readonly event: string;
  readonly id: string | undefined;
  /** The parsed data; undefined when there is none. */
  readonly data: unknown;
}

export interface StreamOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

/** A stream of server-sent events, as a client without GraphQL reads it. */
export interface ReadStream {
  readonly response: IncomingMessage;
  /** The next event; null at the end of the response. */
  next(): Promise<StreamEvent | null>;
  close(): void;
}

/** Requests a stream of server-sent events. The stream is closed after the test. */
export async function openStream(
  url: string,
  { method = 'POST', headers = {}, body }: StreamOptions,
): Promise<ReadStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(url, {
      method,
      agent: false,
      headers: { accept: 'text/event-stream', ...(body && { 'content-type': 'application/json' }), ...headers },
    });
    outgoing.on('response', resolve).on('error', reject);
    outgoing.end(body && JSON.stringify(body));
  });
  response.setEncoding('utf8');
  response.on('error', () => {});
  onTestFinished(() => void response.destroy());
  const events = eventsOf(response);
  return {
    response,
    next: async () => (await events.next()).value ?? null,
    close: () => void response.destroy(),
  };
}

async function* eventsOf(response: AsyncIterable<string>): AsyncGenerator<StreamEvent, undefined> {
  let text = '';
  for await (const piece of response) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield parseEvent(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
  return undefined;
}

function parseEvent(text: string): StreamEvent {
  const fields = new Map(
    text.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const data = fields.get('data');
  return { event: fields.get('event') ?? '', id: fields.get('id'), data: data ? JSON.parse(data) : undefined };
}
