import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeSoon } from './closing.ts';
import { lastResponseOf } from './last-response.ts';
import { endPipeline, responseUnderWay } from './pipelines.ts';
import type { Timeouts } from './timeouts.ts';
import { TIMEOUTS } from './timeouts.ts';

interface ErrorResponse {
  readonly status: string;
  readonly detail: string;
}

const bad = (detail: string): ErrorResponse => ({ status: '400 Bad Request', detail });

const UNREADABLE = bad('This cannot be read as a request of HTTP/1.1 (RFC 9112).');

const VERSION: ErrorResponse = {
  status: '505 HTTP Version Not Supported',
  detail: 'This version of HTTP is not supported. Use HTTP/1.1.',
};

const LINE_END = bad('Each line of the request must end with CR and LF; neither may stand alone (RFC 9112, 2.2).');

/**
 * The responses by the reason of the error that Node's parser reports, where one code has several reasons. The first match counts.
 * A reason that another version of Node words differently gets the response of its code.
 */
const RESPONSES_BY_REASON: readonly (readonly [reason: RegExp, response: ErrorResponse])[] = [
  [
    /can't be present with/,
    bad('The request has both Content-Length and Transfer-Encoding. Send one (RFC 9112, 6.2).'),
  ],
  [/whitespace after header value/, bad('A header goes on in the next line. Send it in one line (RFC 9112, 5.2).')],
  [/header value char/, bad('The value of a header has a control character (RFC 9110, 5.5).')],
  [/Invalid HTTP version/, VERSION],
  [/LF after headers/, LINE_END],
];

/** The code for a request with the method CONNECT. Node takes its parser from the connection and would close it without an answer. */
const CONNECT = 'CONNECT';

/** The responses by the code of the error. */
const RESPONSES_BY_CODE: Readonly<Record<string, ErrorResponse>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    detail: 'The headers, or the address, are too large: at most 16 KiB and 1,000 lines are taken.',
  },
  HPE_INVALID_METHOD: bad('The request does not begin with a method of HTTP, such as GET or POST, and a space.'),
  HPE_INVALID_URL: bad(
    'The address of the request is not valid (RFC 9112, 3.2). Percent-encode what is not ASCII, and control characters, in the address.',
  ),
  HPE_INVALID_CONSTANT: bad(
    'The first line of the request is not a method, an address and HTTP/1.1 (RFC 9112, 3). Percent-encode spaces in the address.',
  ),
  HPE_INVALID_VERSION: bad('The first line of the request does not end with HTTP/1.1, CR and LF (RFC 9112, 3).'),
  HPE_PAUSED_H2_UPGRADE: VERSION,
  HPE_INVALID_HEADER_TOKEN: bad('A header has no valid name, or no colon directly after its name (RFC 9112, 5).'),
  HPE_CR_EXPECTED: LINE_END,
  HPE_LF_EXPECTED: LINE_END,
  HPE_INVALID_CONTENT_LENGTH: bad(
    'The value of Content-Length is not a number of bytes, or is too large (RFC 9110, 8.6).',
  ),
  HPE_UNEXPECTED_CONTENT_LENGTH: bad('The request has two Content-Length headers. Send one.'),
  HPE_INVALID_TRANSFER_ENCODING: bad(
    'The last coding in Transfer-Encoding must be "chunked", and it must stand there once (RFC 9112, 6.1).',
  ),
  HPE_INVALID_CHUNK_SIZE: bad(
    'The size of a chunk of the body is not a hexadecimal number, or is too large (RFC 9112, 7.1).',
  ),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: '413 Content Too Large',
    detail: 'The extensions of a chunk of the body are too large: at most 16 KiB are taken. Leave them out.',
  },
  // The parser calls all other faults of chunks a breach of its strict mode.
  HPE_STRICT: bad('A chunk of the body is not in the form that RFC 9112, 7.1 gives it.'),
  HPE_INVALID_EOF_STATE: bad('The connection was closed before the whole request had arrived.'),
  [CONNECT]: {
    status: '501 Not Implemented',
    detail: 'CONNECT is for proxies, and this server is none. Send the request itself.',
  },
  HPE_CLOSED_CONNECTION: bad('More has arrived after a request that said "Connection: close".'),
};

const late = (what: string, limit: number): ErrorResponse => ({
  status: '408 Request Timeout',
  detail: `The ${what} of the request did not arrive within ${limit / 1000} seconds.`,
});

/**
 * Answers, in JSON, what Node's parser cannot read as an HTTP request, and requests that arrive too slowly: 431 when the
 * headers or the address are larger than it takes, 413 for chunk extensions that are, 505 for an unknown version, 501 for CONNECT,
 * 408 for what is late, 400 otherwise. Such a request never reaches the routes, or has its connection closed while a route waits for
 * its body. The requests before it on the connection are answered first, if their answers are read within `timeouts.silence`.
 */
export function answerUnreadableRequests(server: Server, timeouts: Timeouts = TIMEOUTS): void {
  server.on('clientError', (error, socket) => refuse(error, socket, lastResponseOf(socket), timeouts));
  server.on('connect', (_request, socket) => {
    // Node no longer listens to this connection. An answer before this one may wait until more of it can be written.
    socket.on('error', () => socket.destroy());
    socket.on('drain', () => responseUnderWay(socket)?.emit('drain'));
    refuse({ code: CONNECT }, socket, undefined, timeouts);
  });
}

/** An error of the connection, or of Node's parser, which gives a code and a reason in words. */
interface ClientError extends Partial<Error> {
  readonly code?: string;
  readonly reason?: string;
}

/** The connections over which something has come that is refused. */
const refused = new WeakSet<Duplex>();

function refuse(error: ClientError, socket: Duplex, answer: ServerResponse | undefined, timeouts: Timeouts): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  if (refused.has(socket)) return;
  refused.add(socket);
  discardInput(socket);
  // What is discarded counts as traffic of the connection, so that its own timeout would never end it.
  const timer = setTimeout(() => socket.destroy(), timeouts.silence);
  socket.once('close', () => clearTimeout(timer));
  endPipeline(socket, () => sendRefusal(error, socket, answer, timeouts));
}

function sendRefusal(error: ClientError, socket: Duplex, answer: ServerResponse | undefined, timeouts: Timeouts): void {
  const answering = answer !== undefined && !(answer.writableFinished && answer.req.complete);
  // A request has one answer. When that has begun, the client would take anything that is written now as a part of it.
  if (answering && answer.headersSent) {
    socket.destroy();
    return;
  }
  const { status, detail } = responseTo(error, answering, timeouts);
  // For the log and the metrics.
  if (answering) answer.statusCode = Number.parseInt(status, 10);
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

/**
 * Discards what arrives from now on. The rest of a refused request would otherwise reach the route that waits for it, which would carry out
 * what has been refused.
 */
function discardInput(socket: Duplex): void {
  socket.removeAllListeners('data');
  // Node's parser reads the connection directly until there is another listener.
  socket.on('data', () => {});
}

function responseTo({ code = '', reason = '' }: ClientError, answering: boolean, timeouts: Timeouts): ErrorResponse {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    // A route has the request already, and waits for its body.
    return answering ? late('body', timeouts.body) : late('headers', timeouts.headers);
  }
  const byReason = RESPONSES_BY_REASON.find(([pattern]) => pattern.test(reason))?.[1];
  return byReason ?? RESPONSES_BY_CODE[code] ?? UNREADABLE;
}
