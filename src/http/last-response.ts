import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

// A member of the socket and not an entry of a Set or a Map. When entries are added and removed with each request, V8 copies a
// Set or a Map again and again, and each old copy keeps the responses in it alive until the next full garbage collection.
const LAST = Symbol('last response');

interface WithLastResponse {
  [LAST]?: ServerResponse;
}

/** Remembers the response to the last request of each connection. */
export function noteResponses(server: Server): void {
  server.prependListener('request', ({ socket }: { socket: Duplex & WithLastResponse }, response: ServerResponse) => {
    socket[LAST] = response;
  });
}

/** The response to the last request that has come over the connection. undefined: none has come yet. */
export function lastResponseOf(socket: Duplex & WithLastResponse): ServerResponse | undefined {
  return socket[LAST];
}
