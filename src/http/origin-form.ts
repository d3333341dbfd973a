import type { IncomingMessage } from 'node:http';

const ORIGIN = /^https?:\/\/([^/?#]*)\/?/i;

/**
 * Writes the address of a request in origin form (RFC 9112, 3.2.1). An address in absolute form, as clients send it to a proxy, loses its
 * origin, whose host is used in place of the Host header (3.2.2). A fragment, which clients should not send, is left out: behind it the
 * cursor of a link would be lost, so that the next page would be the first one again. This comes before Express, whose routers note the
 * origin at first.
 */
export function toOriginForm(request: IncomingMessage): void {
  const [url = ''] = (request.url ?? '').split('#', 1);
  request.url = url;
  if (url.startsWith('/')) return;
  const [origin, host] = ORIGIN.exec(url) ?? [];
  if (origin === undefined) return;
  request.headers.host = host;
  request.url = `/${url.slice(origin.length)}`;
}
