import type { Request } from 'express';

/** What follows the `?` of the address, as the client sent it. node:http lets only ASCII through. */
export function queryString(request: Request): string {
  const start = request.originalUrl.indexOf('?');
  return start < 0 ? '' : request.originalUrl.slice(start + 1);
}
