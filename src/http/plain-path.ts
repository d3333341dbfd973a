import type { RequestHandler } from 'express';

const ESCAPED = /%[\da-f]{2}/gi;

/** The characters that mean the same escaped and as they are (RFC 3986, 2.3). */
const UNRESERVED = /[\w.~-]/;

/** Writes the path of an address without escapes that mean nothing (RFC 3986, 6.2.2.2), as routes and links have it. */
export function plainPath(): RequestHandler {
  return (request, _response, next) => {
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
