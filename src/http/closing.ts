import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * How long, in ms, a connection stays half open, after either side has closed its own. A server that closes a socket while data from its
 * client has not been read resets the connection, and the client may then lose the answer that it was just sent.
 */
export const LINGER = 1_000;

/** Up to this length, in bytes, the body of a refused request is read to its end, and the connection is kept. */
const READ_ON = 65_536;

/** Sends what has been written and the end of the stream. Closes the connection after LINGER, or when the client does. */
export function closeSoon(socket: Duplex): void {
  socket.end();
  const timer = setTimeout(() => socket.destroy(), LINGER);
  socket.once('close', () => clearTimeout(timer));
}

/**
 * Closes the connection after an answer that begins before the whole body of its request has arrived. Such an answer is a
 * refusal: the rest of the body is not read, so that the connection cannot carry another request. Small bodies are read,
 * because a new connection costs both sides more.
 */
export function closeUnread(request: IncomingMessage, response: ServerResponse): void {
  const { headers, socket } = request;
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= READ_ON) return;
  const { writeHead } = response;
  const closing = (...args: unknown[]) => {
    if (!request.complete) {
      response.setHeader('connection', 'close');
      leaveUnread(request, socket);
    }
    return Reflect.apply(writeHead, response, args) as ServerResponse;
  };
  response.writeHead = closing;
}

function leaveUnread(request: IncomingMessage, socket: Socket): void {
  // Node reads and discards the body of a request that nobody has begun to read.
  request.read(0);
  // Node calls this when it has written the last answer of a connection.
  socket.destroySoon = () => closeSoon(socket);
}
