import type { Server } from 'node:http';
import { Counts } from '../memory/counts.ts';
import { networkOf } from '../network/client-network.ts';

export interface ConnectionBounds {
  /** How many connections may be open. */
  readonly total: number;
  /** How many of them may be of one address. */
  readonly perAddress: number;
}

/**
 * Closes at once the connections beyond the bounds. A refusal in HTTP would need the connection to be read.
 *
 * Node's own `maxConnections` is not used, because a worker gives a connection beyond it back to its primary, which passes it to the next
 * worker. When all workers are full, the connection would go round without an end, would stay open, and would keep all processors busy.
 */
export function boundConnections(server: Server, { total, perAddress }: ConnectionBounds): void {
  const ofAddress = new Counts<string>();
  let open = 0;
  server.on('connection', (socket) => {
    const address = networkOf(socket.remoteAddress);
    open += 1;
    socket.once('close', () => {
      open -= 1;
      ofAddress.down(address);
    });
    if (ofAddress.up(address) > perAddress || open > total) socket.destroy();
  });
}
