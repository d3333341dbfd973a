import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

// A member of the socket, because a Set or a Map that a response comes to and goes from with each request is copied again
// and again, and each old copy keeps the responses in it alive until the next full garbage collection.
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
