import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** The headers of one connection (RFC 9110, 7.6.1). Transfer-Encoding is left to the proxy, which frames each body anew. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
];

/**
 * What a client sends that is not for the account. Cookies would be of this server's host, and this server sets none. The others
 * say how the client came here, and the account would take them for what its own proxy says.
 */
const NOT_SENT_ON = /^(?:cookie|expect|host|forwarded|x-forwarded-.+|x-real-ip)$/;

/** What an account tells a browser of itself and that does not hold for this server. A cookie would ride along unasked. */
const NOT_GIVEN_BACK = /^(?:set-cookie|access-control-.+|transfer-encoding)$/;

/** The headers of a request as the account gets them. */
export function headersForAccount(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const sent = without(headers, NOT_SENT_ON);
  // The links in a body cannot be found in compressed bytes. The answer is compressed for the client here.
  return { ...sent, 'accept-encoding': 'identity' };
}

/** The headers of an account's answer as the client gets them. `own` are those that this server gives every answer. */
export function headersForClient(headers: IncomingHttpHeaders, own: (name: string) => boolean): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(without(headers, NOT_GIVEN_BACK)).filter(([name]) => !own(name)));
}

function without(headers: IncomingHttpHeaders, unwanted: RegExp): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const hops = new Set([...HOP_BY_HOP, ...named.filter((name) => name !== 'transfer-encoding')]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hops.has(name) && !unwanted.test(name)));
}
