import type { Request } from 'express';

/** The text after the `?` of the address, as the client has sent it. node:http lets only ASCII through. */
export function queryString(request: Request): string {
  const start = request.originalUrl.indexOf('?');
  return start < 0 ? '' : request.originalUrl.slice(start + 1);
}
