import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer } from '../node-http.ts';
import { noteArrival } from './arrival.ts';
import { closeUnread } from './closing.ts';
import type { ConnectionBounds } from './connection-bounds.ts';
import { boundConnections } from './connection-bounds.ts';
import { answerHalfClosed } from './half-closed.ts';
import { noteResponses } from './last-response.ts';
import { toOriginForm } from './origin-form.ts';
import { boundPipelines, enterPipeline, responseUnderWay } from './pipelines.ts';
import type { RequestTurns } from './request-turns.ts';
import type { Timeouts } from './timeouts.ts';
import { TIMEOUTS } from './timeouts.ts';
import { answerUnreadableRequests } from './unreadable-requests.ts';

/** How many requests one connection carries. The last answer says `Connection: close`. */
const MAX_REQUESTS_PER_CONNECTION = 10_000;

/** How many connections the kernel keeps until they are accepted. Clients try those beyond it again only after seconds. */
export const BACKLOG = 4_096;

/**
 * Creates a server whose connections are bounded in number and in time, and whose requests start in turns. `isUrgent`
 * names the requests that start at once.
 */
export function createHttpServer(
  listener: RequestListener,
  turns: RequestTurns,
  bounds: ConnectionBounds,
  isUrgent: (request: IncomingMessage) => boolean,
  timeouts: Timeouts = TIMEOUTS,
): Server {
  const server = createServer({
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.body,
    connectionsCheckingInterval: timeouts.check,
    keepAliveTimeout: timeouts.keepAlive,
    // A request without a Host header is refused in JSON, by refuseMalformed.
    requireHostHeader: false,
  });
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_CONNECTION;
  server.timeout = timeouts.silence;
  boundConnections(server, bounds);
  boundPipelines(server);
  answerHalfClosed(server);
  noteResponses(server);
  answerUnreadableRequests(server, timeouts);

  server.on('timeout', (socket) => {
    const response = responseUnderWay(socket);
    // When the whole request has arrived, the connection stays open until the answer begins. The work on the answer has limits
    // of its own, and a write to the database that has begun is finished.
    if (!response?.req.complete || response.headersSent) socket.destroy();
  });
  server.on('connection', () => turns.connected());
  // Without this listener Node answers an unknown expectation itself, with no body. refuseMalformed refuses it in JSON.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('request', (request, response) => {
    const { socket } = request;
    toOriginForm(request);
    noteArrival(request);
    // The whole answer has been written, but maybe not sent. When it has been sent, Node sets the next timeout itself.
    response.once('prefinish', () => socket.setTimeout(timeouts.unread));
    closeUnread(request, response);
    enterPipeline(request, response, () => {
      if (isUrgent(request)) {
        listener(request, response);
        return;
      }
      // The client may go away while its request waits.
      turns.start(
        request,
        () => listener(request, response),
        () => !response.destroyed,
      );
    });
  });
  return server;
}
