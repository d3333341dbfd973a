import type { Request } from 'express';

/**
 * What follows the `?` in the address that was asked for, in ASCII: clients send bytes beyond it as they are, which
 * node:http gives as one character each.
 */
export function queryOf(request: Request): string {
  const start = request.originalUrl.indexOf('?');
  return start < 0 ? '' : request.originalUrl.slice(start + 1).replaceAll(/[\u0080-\u00ff]/g, percentEncode);
}

function percentEncode(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase()}`;
}
