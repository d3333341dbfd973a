import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How many requests a client may send over one connection without waiting for their answers. */
const MAX_PIPELINED = 100;

/** The methods whose requests change nothing, so that several may be under way at once (RFC 9110, 9.2.1). */
const SAFE_METHODS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'OPTIONS']);

// A member of the socket, as in last-response.ts.
const UNANSWERED = Symbol('unanswered');

interface PipelinedRequest {
  readonly response: ServerResponse;
  /** Whether it is known to change nothing. */
  isSafe: boolean;
  /** undefined when the request has started. */
  start: (() => void) | undefined;
}

interface PipelinedSocket extends Socket {
  /** The requests whose responses are not closed yet, in their order. */
  [UNANSWERED]?: PipelinedRequest[];
}

/**
 * Makes sure that every response is closed when its connection is. Before Node 24, Node closes only the first response. Those
 * behind it would keep for ever what they give back when they are closed.
 */
export function boundPipelines(server: Server): void {
  server.on('connection', (socket: PipelinedSocket) => {
    const unanswered: PipelinedRequest[] = [];
    socket[UNANSWERED] = unanswered;
    socket.once('close', () => {
      for (const { response } of unanswered.splice(0)) {
        // Node closes the one that has the socket, and those that have been sent.
        if (response.socket || response.writableFinished || response.destroyed) continue;
        response.destroy();
        response.emit('close');
      }
    });
  });
}

/**
 * Calls `start` when the requests before this one on its connection have been answered, so that a read sees what a write before it
 * has changed. It does so at once when this request and those before it have safe methods (RFC 9112, 9.3.2). `start` is never called
 * when the connection ends before; and a connection whose client has sent too many requests without waiting is closed.
 */
export function enterPipeline(request: IncomingMessage, response: ServerResponse, start: () => void): void {
  const socket: PipelinedSocket = request.socket;
  const unanswered = socket[UNANSWERED];
  if (!unanswered) throw new Error('the connection came before boundPipelines');
  if (unanswered.length >= MAX_PIPELINED) {
    socket.destroy();
    return;
  }
  unanswered.push({ response, isSafe: SAFE_METHODS.has(request.method), start });
  // Responses are sent, and so closed, in the order of their requests.
  response.once('close', () => {
    unanswered.shift();
    startNext(socket, unanswered);
  });
  startNext(socket, unanswered);
}

/** Starts the first request, and the safe ones that come directly behind it when it is safe too. */
function startNext(socket: Socket, unanswered: readonly PipelinedRequest[]): void {
  for (const [index, request] of unanswered.entries()) {
    // An answer with `Connection: close` ends the connection, and what was sent behind its request is not done (RFC 9112, 9.6).
    if (!socket.writable || (index > 0 && !request.isSafe)) return;
    const { start } = request;
    request.start = undefined;
    start?.();
    if (!request.isSafe) return;
  }
}

/** Notes that a request changes nothing, although its method may. */
export function noteSafe(socket: PipelinedSocket, response: ServerResponse): void {
  const request = socket[UNANSWERED]?.find((one) => one.response === response);
  if (request) request.isSafe = true;
}

/** Whether all requests that have not been answered are known to change nothing. */
export function areSafe(socket: PipelinedSocket): boolean {
  return socket[UNANSWERED]?.every(({ isSafe }) => isSafe) ?? true;
}

/** The response that the connection carries, or that it waits for; undefined: none is under way. */
export function responseUnderWay(socket: PipelinedSocket): ServerResponse | undefined {
  return socket[UNANSWERED]?.[0]?.response;
}
