import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How many requests a client may send over one connection without waiting for their answers. */
const MAX_PIPELINED = 100;

// A member of the socket, as in last-response.ts.
const UNANSWERED = Symbol('unanswered');

interface PipelinedSocket extends Socket {
  /** The responses that are not closed yet, in the order of their requests. */
  [UNANSWERED]?: ServerResponse[];
}

/**
 * Makes sure that every response is closed when its connection is. Before Node 24, Node closes only the first response. Those
 * behind it would keep for ever what they give back when they are closed.
 */
export function boundPipelines(server: Server): void {
  server.on('connection', (socket: PipelinedSocket) => {
    const unanswered: ServerResponse[] = [];
    socket[UNANSWERED] = unanswered;
    socket.once('close', () => {
      for (const response of unanswered.splice(0)) {
        // Node closes the one that has the socket, and those that have been sent.
        if (response.socket || response.writableFinished || response.destroyed) continue;
        response.destroy();
        response.emit('close');
      }
    });
  });
}

/** Notes a request. Returns false when its client has sent too many without waiting; its connection is then closed. */
export function enterPipeline(socket: PipelinedSocket, response: ServerResponse): boolean {
  const unanswered = socket[UNANSWERED];
  if (!unanswered) throw new Error('the connection came before boundPipelines');
  if (unanswered.length >= MAX_PIPELINED) {
    socket.destroy();
    return false;
  }
  unanswered.push(response);
  // Responses are sent, and so closed, in the order of their requests.
  response.once('close', () => unanswered.shift());
  return true;
}

/** The response that the connection carries, or that it waits for; undefined: none is under way. */
export function responseUnderWay(socket: PipelinedSocket): ServerResponse | undefined {
  return socket[UNANSWERED]?.[0];
}
