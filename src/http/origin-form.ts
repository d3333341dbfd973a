import type { IncomingMessage } from 'node:http';

const ORIGIN = /^https?:\/\/([^/?#]*)\/?/i;

/**
 * Writes an address in absolute form, as clients send it to a proxy, without its origin. Its host is used in place of the Host header
 * (RFC 9112, 3.2.2). This comes before Express, whose routers note the origin at first.
 */
export function toOriginForm(request: IncomingMessage): void {
  const { url = '' } = request;
  if (url.startsWith('/')) return;
  const [origin, host] = ORIGIN.exec(url) ?? [];
  if (origin === undefined) return;
  request.headers.host = host;
  request.url = `/${url.slice(origin.length)}`;
}
