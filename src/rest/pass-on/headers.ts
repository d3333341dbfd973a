import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Headers that apply to one connection only (RFC 9110, 7.6.1). The proxy sets Transfer-Encoding itself. */
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
 * Request headers that are not passed on to the account. Cookies belong to this server's host. The others describe the client's way to
 * this server, and the account would believe that its own proxy has set them.
 */
const NOT_SENT_ON = /^(?:cookie|expect|host|forwarded|x-forwarded-.+|x-real-ip)$/;

/** Response headers that apply only to the account's own host. Browsers would send a cookie of the account with every request to this server. */
const NOT_GIVEN_BACK = /^(?:set-cookie|access-control-.+|transfer-encoding)$/;

/** The headers of a request that is passed on to the account. */
export function headersForAccount(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const sent = without(headers, NOT_SENT_ON);
  // Links cannot be found in a compressed body. This server compresses the answer for the client.
  return { ...sent, 'accept-encoding': 'identity' };
}

/** The headers of an account's answer that is passed on to the client. `own` are the headers that this server sets in every answer. */
export function headersForClient(headers: IncomingHttpHeaders, own: (name: string) => boolean): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(without(headers, NOT_GIVEN_BACK)).filter(([name]) => !own(name)));
}

function without(headers: IncomingHttpHeaders, unwanted: RegExp): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const hops = new Set([...HOP_BY_HOP, ...named.filter((name) => name !== 'transfer-encoding')]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hops.has(name) && !unwanted.test(name)));
}
