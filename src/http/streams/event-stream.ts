import type { IncomingMessage } from 'node:http';

/** The media type of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export const EVENT_STREAM = 'text/event-stream';

/** One event. The data is one line, and so is the id, which a client sends back as `Last-Event-ID`. */
export function eventText({ event, id, data = '' }: { event: string; id?: string | undefined; data?: string }): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;
}

/** The id of the last event that the client of a broken stream has received; undefined when it does not send one. */
export function lastEventId({ headers }: IncomingMessage): string | undefined {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}
