import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { LINGER } from './closing.ts';
import { areSafe, noteSafe } from './pipelines.ts';

/**
 * Lets a client that has closed its own side of the connection learn what its writes have done, if that is known within LINGER. By itself,
 * Node would give up the answers. Answers to reads are given up, because most such clients have gone away, and nobody should wait for
 * what they have asked for.
 */
export function answerHalfClosed(server: Server): void {
  // Node has had this property for long, but neither its documentation nor its types.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('connection', (socket: Socket) => {
    socket.once('end', () => {
      if (areSafe(socket)) {
        socket.end();
        return;
      }
      const timer = setTimeout(() => socket.end(), LINGER);
      socket.once('close', () => clearTimeout(timer));
    });
  });
}

/** Notes that a request only reads, although its method may write. It is given up if its client has closed its side meanwhile. */
export function noteRead({ socket }: IncomingMessage, response: ServerResponse): void {
  noteSafe(socket, response);
  if (socket.readableEnded && areSafe(socket)) socket.end();
}
