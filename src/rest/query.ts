import type { Request } from 'express';

/** What follows the `?` in the address that was asked for, as it was sent; node:http lets nothing but ASCII through. */
export function queryOf(request: Request): string {
  const start = request.originalUrl.indexOf('?');
  return start < 0 ? '' : request.originalUrl.slice(start + 1);
}
