import type { Server } from 'node:http';
import { networkOf } from '../network/client-network.ts';

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
    const address = networkOf(socket.remoteAddress);
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
