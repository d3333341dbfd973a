import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';

/** The characters of a host and port (RFC 3986, 3.2.2). */
const HOST = /^[\w.~!$&'()*+,;=:%[\]-]*$/;

/** Whether a text can be the value of a Host header. */
export function isHost(text: string): boolean {
  return HOST.test(text);
}

/** The only expectation that there is. Node finds it in the header in the same way. */
const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

/**
 * Refuses, in JSON, requests that Node's parser accepts although they can be understood in more than one way: a version other
 * than HTTP/1.0 and 1.1 (505); two Host or Authorization headers (400), because a proxy may use one and the server the other;
 * no Host header in HTTP/1.1, or one that is no host (400). Also refuses unknown expectations of HTTP/1.1 (417, RFC 9110, 10.1.1).
 */
export function refuseMalformed(): RequestHandler {
  return (request, response, next) => {
    const problem = problemOf(request);
    if (problem === null) next();
    else response.status(problem.status).set('connection', 'close').json({ detail: problem.detail });
  };
}

interface Problem {
  readonly status: number;
  readonly detail: string;
}

const bad = (detail: string): Problem => ({ status: 400, detail });

function problemOf(request: IncomingMessage): Problem | null {
  const { httpVersion, headers } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') {
    return { status: 505, detail: `HTTP/${httpVersion} is not supported. Use HTTP/1.1.` };
  }
  const repeated = repeatedHeader(request.rawHeaders);
  if (repeated !== null) return bad(`The request has two ${repeated} headers. Send one.`);
  if (headers.host === undefined && httpVersion === '1.1')
    return bad('The request has no Host header (RFC 9112, 3.2).');
  if (headers.host !== undefined && !isHost(headers.host)) return bad('The Host header is not a valid host.');
  // An empty list expects nothing (RFC 9110, 5.6.1.2).
  if (headers.expect && httpVersion === '1.1' && !CONTINUE.test(headers.expect)) {
    const detail = `The expectation "${headers.expect}" cannot be met. Send "Expect: 100-continue", or no Expect header.`;
    return { status: 417, detail };
  }
  return null;
}

/** The name of a header that occurs twice but must not; null when there is none. Node keeps the first one and reports nothing. */
function repeatedHeader(rawHeaders: readonly string[]): 'Host' | 'Authorization' | null {
  let hosts = 0;
  let authorizations = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
    else if (name.length === 13 && name.toLowerCase() === 'authorization') authorizations++;
  }
  if (hosts > 1) return 'Host';
  return authorizations > 1 ? 'Authorization' : null;
}
