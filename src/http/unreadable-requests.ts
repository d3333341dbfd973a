import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeSoon } from './closing.ts';
import { lastResponseOf } from './last-response.ts';
import type { Timeouts } from './timeouts.ts';
import { TIMEOUTS } from './timeouts.ts';

interface Refusal {
  readonly status: string;
  readonly detail: string;
}

const bad = (detail: string): Refusal => ({ status: '400 Bad Request', detail });

const NO_HTTP = bad('This is not an HTTP request. Percent-encode what is not ASCII in the address.');

/** The refusals by the code of the error that Node's parser reports. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    detail: 'The headers, or the address, are too large: at most 16 KiB are taken.',
  },
  HPE_INVALID_METHOD: bad('The request does not begin with a method of HTTP, such as GET or POST.'),
  HPE_INVALID_CHUNK_SIZE: bad(
    'The size of a chunk of the body is not a hexadecimal number, or is too large (RFC 9112, 7.1).',
  ),
  HPE_INVALID_VERSION: {
    status: '505 HTTP Version Not Supported',
    detail: 'This version of HTTP is not supported. Use HTTP/1.1.',
  },
};

const late = (what: string, limit: number): Refusal => ({
  status: '408 Request Timeout',
  detail: `The ${what} of the request did not arrive within ${limit / 1000} seconds.`,
});

/**
 * Answers, in JSON, what Node's parser cannot read as an HTTP request, and requests that arrive too slowly: 431 when the
 * headers or the address are larger than it takes, 505 for an unknown version, 408 for what is late, 400 otherwise. Such
 * a request never reaches the routes, or has its connection closed while a route waits for its body.
 */
export function answerUnreadableRequests(server: Server, timeouts: Timeouts = TIMEOUTS): void {
  server.on('clientError', (error: Error & { code?: string }, socket) =>
    refuse(error.code ?? '', socket, lastResponseOf(socket), timeouts),
  );
}

function refuse(code: string, socket: Duplex, answer: ServerResponse | undefined, timeouts: Timeouts): void {
  const answering = answer !== undefined && !(answer.writableFinished && answer.req.complete);
  // A request has one answer. When that has begun, the client would take anything that is written now as a part of it.
  if (code === 'ECONNRESET' || !socket.writable || (answering && answer.headersSent)) {
    socket.destroy();
    return;
  }
  const { status, detail } = refusalOf(code, answering, timeouts);
  const body = JSON.stringify({ detail });
  socket.write(
    [
      `HTTP/1.1 ${status}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  closeSoon(socket);
}

function refusalOf(code: string, answering: boolean, timeouts: Timeouts): Refusal {
  if (code !== 'ERR_HTTP_REQUEST_TIMEOUT') return REFUSALS[code] ?? NO_HTTP;
  // A route has the request already, and waits for its body.
  return answering ? late('body', timeouts.body) : late('headers', timeouts.headers);
}
