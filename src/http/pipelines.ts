import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isSafe } from './safe-methods.ts';

/** How many requests a client may send over one connection without waiting for their answers. */
const MAX_PIPELINED = 100;

/**
 * How many of these requests may be under way at once. A client that reads no answers therefore holds only a few of the places of its
 * workspace, because a place is held until the answer has been sent.
 */
const MAX_STARTED = 8;

/**
 * How many requests may be behind the first one of their connection, on all connections of a server. Each takes some KB of memory, whoever
 * has sent it. Clients that wait for their answers have none.
 */
const MAX_BEHIND = 8_192;

// A member of the socket, as in last-response.ts.
const PIPELINE = Symbol('pipeline');

interface PipelinedRequest {
  readonly response: ServerResponse;
  /** Whether it is known to change nothing. */
  isSafe: boolean;
  /** undefined when the request has started. */
  start: (() => void) | undefined;
}

/** What all connections of a server have together. */
interface Total {
  /** How many requests are behind the first one of their connection. */
  behind: number;
}

/** The requests of a connection whose responses are not closed yet, in their order. */
class Pipeline {
  readonly unanswered: PipelinedRequest[] = [];
  readonly #total: Total;
  /** What is to be done when the whole requests have been answered. */
  #last: (() => void) | undefined;

  constructor(total: Total) {
    this.#total = total;
  }

  /** Whether the client may send no more requests without waiting for their answers. */
  get isFull(): boolean {
    const { length } = this.unanswered;
    return length >= MAX_PIPELINED || (length > 0 && this.#total.behind >= MAX_BEHIND);
  }

  push(request: PipelinedRequest): void {
    if (this.unanswered.push(request) > 1) this.#total.behind += 1;
  }

  /** Removes the first request. */
  shift(): PipelinedRequest | undefined {
    if (this.unanswered.length > 1) this.#total.behind -= 1;
    return this.unanswered.shift();
  }

  /** Does `last` when the whole requests have been answered. */
  endWith(last: () => void): void {
    this.#last = last;
    this.endIfAnswered();
  }

  /** Is to be called when a request has been answered. */
  endIfAnswered(): void {
    // Only the newest request may not be whole.
    if (!this.#last || this.unanswered[0]?.response.req.complete) return;
    const last = this.#last;
    this.#last = undefined;
    last();
  }
}

interface WithPipeline {
  [PIPELINE]?: Pipeline;
}

type PipelinedSocket = Socket & WithPipeline;

/**
 * Makes sure that every response is closed when its connection is. Before Node 24, Node closes only the first response. Those
 * behind it would keep for ever what they give back when they are closed.
 */
export function boundPipelines(server: Server): void {
  const total: Total = { behind: 0 };
  server.on('connection', (socket: PipelinedSocket) => {
    const pipeline = new Pipeline(total);
    socket[PIPELINE] = pipeline;
    socket.once('close', () => {
      for (let request = pipeline.shift(); request; request = pipeline.shift()) {
        const { response } = request;
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
  const pipeline = socket[PIPELINE];
  if (!pipeline) throw new Error('the connection came before boundPipelines');
  if (pipeline.isFull) {
    socket.destroy();
    return;
  }
  pipeline.push({ response, isSafe: isSafe(request), start });
  // Responses are sent, and so closed, in the order of their requests.
  response.once('close', () => {
    pipeline.shift();
    // First, because a request that is not whole must not start when it is going to be refused.
    if (socket.writable) pipeline.endIfAnswered();
    startNext(socket, pipeline.unanswered);
  });
  startNext(socket, pipeline.unanswered);
}

/** Starts the first request, and the safe ones that come directly behind it when it is safe too, MAX_STARTED at most. */
function startNext(socket: Socket, unanswered: readonly PipelinedRequest[]): void {
  for (const [index, request] of unanswered.entries()) {
    if (index === MAX_STARTED) return;
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
  const request = socket[PIPELINE]?.unanswered.find((one) => one.response === response);
  if (request) request.isSafe = true;
}

/** Whether all requests that have not been answered are known to change nothing. */
export function areSafe(socket: PipelinedSocket): boolean {
  return socket[PIPELINE]?.unanswered.every(({ isSafe }) => isSafe) ?? true;
}

/**
 * Calls `last` when the requests that have arrived whole over the connection have been answered, so that what it sends is not taken for the
 * answer to one of them. To be called once for a connection. `last` is never called when the connection ends before.
 */
export function endPipeline(socket: Duplex & WithPipeline, last: () => void): void {
  const pipeline = socket[PIPELINE];
  if (pipeline) pipeline.endWith(last);
  else last();
}

/** The response that the connection carries, or that it waits for; undefined: none is under way. */
export function responseUnderWay(socket: Duplex & WithPipeline): ServerResponse | undefined {
  return socket[PIPELINE]?.unanswered[0]?.response;
}
