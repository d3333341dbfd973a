import type { IncomingMessage } from 'node:http';

/** Whether the method only reads. A HEAD is answered as a GET is, without the body (RFC 9110, 9.3.2). */
export function isRead({ method }: Pick<IncomingMessage, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Whether the method changes nothing (RFC 9110, 9.2.1). */
export function isSafe(request: Pick<IncomingMessage, 'method'>): boolean {
  return isRead(request) || request.method === 'OPTIONS';
}
