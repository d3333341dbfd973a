import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';

export interface ConnectionBounds {
  /** How many connections may be open. */
  readonly total: number;
  /** How many of them may be of one address. */
  readonly perAddress: number;
}

/** Closes at once the connections beyond the bounds. A refusal in HTTP would need the connection to be read. */
export function boundConnections(server: Server, { total, perAddress }: ConnectionBounds): void {
  const open = new Map<string, number>();
  server.maxConnections = total;
  server.on('connection', (socket) => {
    const address = clientOf(socket.remoteAddress ?? '');
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 0) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    if (count > perAddress) socket.destroy();
  });
}

/** The address of a client: for IPv6 the first 64 bits, because a client has all addresses that begin with them. */
export function clientOf(address: string): string {
  if (!isIPv6(address)) return address;
  // An IPv4 address as sockets for both versions show it.
  if (/^::ffff:[\d.]+$/i.test(address)) return address.slice('::ffff:'.length);
  const [start = '', end] = address.split('::');
  const groups = start.split(':').filter((group) => group !== '');
  const missing = end === undefined ? 0 : 8 - groups.length - end.split(':').filter((group) => group !== '').length;
  return `${[...groups, ...Array.from({ length: missing }, () => '0'), ...(end ?? '').split(':')].slice(0, 4).join(':')}::/64`;
}
