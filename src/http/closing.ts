import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { responseUnderWay } from './pipelines.ts';

/**
 * How long, in ms, a connection stays half open, after either side has closed its own. A server that closes a socket while data from its
 * client has not been read resets the connection, and the client may then lose the answer that it was just sent.
 */
const LINGER = 1_000;

/** Up to this length, in bytes, the body of a refused request is read to its end, and the connection is kept. */
const READ_ON = 65_536;

/**
 * Answers a client that has closed its own side of the connection, if the answer is sent within LINGER. Most such clients have gone away,
 * which looks the same, so that what takes longer is given up; and an answer that has begun before, such as a stream, at once. By itself,
 * Node would give up each answer at once, and a client whose write has been carried out would not learn that.
 */
export function answerHalfClosed(server: Server): void {
  // Node has had this property for long, but neither its documentation nor its types.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('connection', (socket: Socket) => {
    socket.once('end', () => {
      // Node has ended a connection that waited for no answer.
      if (socket.writableEnded) return;
      if (responseUnderWay(socket)?.headersSent) {
        socket.end();
        return;
      }
      const timer = setTimeout(() => socket.end(), LINGER);
      socket.once('close', () => clearTimeout(timer));
    });
  });
}

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
