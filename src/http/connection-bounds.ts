import type { Server } from 'node:http';
import { Counts } from '../memory/counts.ts';
import { networkOf } from '../network/client-network.ts';

export interface ConnectionBounds {
  /** How many connections may be open. */
  readonly total: number;
  /** How many of them may be of one address. */
  readonly perAddress: number;
}

/** Closes at once the connections beyond the bounds. A refusal in HTTP would need the connection to be read. */
export function boundConnections(server: Server, { total, perAddress }: ConnectionBounds): void {
  const open = new Counts<string>();
  server.maxConnections = total;
  server.on('connection', (socket) => {
    const address = networkOf(socket.remoteAddress);
    socket.once('close', () => open.down(address));
    if (open.up(address) > perAddress) socket.destroy();
  });
}
