import { connect } from 'node:net';

/** How long, in ms, the server may say nothing before a client goes away. Servers wait for the rest of a request. */
const PATIENCE = 400;

/**
 * Sends bytes over a connection of their own, in as many pieces as there are, and resolves with all that comes back until
 * the server closes the connection or says nothing more.
 */
export function exchange(base: string, pieces: readonly Uint8Array[]): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const received: Buffer[] = [];
    const finish = () => {
      socket.destroy();
      resolve(Buffer.concat(received).toString('latin1'));
    };
    socket.setTimeout(PATIENCE, finish);
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    // The server may close the connection while it is still being written to.
    socket.on('error', finish);
    socket.on('close', finish);
    const rest = [...pieces];
    const write = () => {
      const piece = rest.shift();
      if (piece === undefined) socket.end();
      else socket.write(piece, write);
    };
    socket.on('connect', write);
  });
}

/**
 * The statuses of the answers in a stream of HTTP/1.1; null when the stream begins with something else. Bodies are not
 * taken apart: a status line within a body would count, too, but this server writes none.
 */
export function statusesIn(stream: string): number[] | null {
  if (stream === '') return [];
  if (!stream.startsWith('HTTP/1.1 ')) return null;
  return [...stream.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map(([, status]) => Number(status));
}
