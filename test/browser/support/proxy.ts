import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterwards } from '../../support/afterwards.ts';

/** Forwards a request to the server, and resolves with its response. */
export type Pass = (incoming: IncomingMessage) => Promise<IncomingMessage>;

/**
 * Starts a proxy before a server, until the tests of the file end. `answer` answers each request. If it rejects, the proxy breaks
 * the connection. Returns the proxy's origin.
 */
export async function standBefore(
  base: string,
  answer: (incoming: IncomingMessage, outgoing: ServerResponse, pass: Pass) => Promise<unknown>,
): Promise<string> {
  const pass: Pass = async (incoming) => {
    const { method, url, headers } = incoming;
    const passed = request(`${base}${url}`, { method, headers: { ...headers, 'accept-encoding': 'identity' } });
    incoming.pipe(passed);
    const [answered] = (await once(passed, 'response')) as [IncomingMessage];
    return answered;
  };
  const proxy = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, pass).catch(() => outgoing.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  afterwards(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

/** Sends the server's response on to the client. */
export function passOn(answered: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
  answered.pipe(outgoing);
}
