import type { RequestHandler } from 'express';

const ESCAPED = /%[\da-f]{2}/gi;

/** The characters that mean the same escaped and as they are (RFC 3986, 2.3). */
const UNRESERVED = /[\w.~-]/;

/** The origin of an address in absolute form, as clients send it to a proxy. */
const ORIGIN = /^https?:\/\/([^/?#]*)\/?/i;

/**
 * Writes the address as routes and links have it: its path without escapes that mean nothing (RFC 3986, 6.2.2.2), and without the
 * origin, whose host is used in place of the Host header (RFC 9112, 3.2.2).
 */
export function plainPath(): RequestHandler {
  return (request, _response, next) => {
    const [origin, host] = ORIGIN.exec(request.url) ?? [];
    if (origin !== undefined) {
      request.headers.host = host;
      request.url = `/${request.url.slice(origin.length)}`;
      request.originalUrl = request.url;
    }
    if (request.url.includes('%')) {
      const end = request.url.indexOf('?');
      const path = end < 0 ? request.url : request.url.slice(0, end);
      const plain = path.replaceAll(ESCAPED, plainCharacter);
      if (plain !== path) {
        request.url = plain + request.url.slice(path.length);
        request.originalUrl = request.url;
      }
    }
    next();
  };
}

function plainCharacter(escaped: string): string {
  const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return UNRESERVED.test(character) ? character : escaped;
}
