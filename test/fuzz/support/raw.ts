import { connect } from 'node:net';

/**
 * The client closes the connection after this much silence of the server, in ms. It has to, because the server waits for the rest
 * of an incomplete request.
 */
const PATIENCE = 400;

/**
 * Sends bytes over a new connection, piece by piece. Resolves with the whole response, as soon as the server closes the connection
 * or sends nothing for PATIENCE.
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
    // The server may close the connection while the client is still writing.
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
 * The status codes of the responses in an HTTP/1.1 stream; null if the stream begins with something else. Bodies are not parsed. A
 * status line within a body would also count, but this server never sends one.
 */
export function statusesIn(stream: string): number[] | null {
  if (stream === '') return [];
  if (!stream.startsWith('HTTP/1.1 ')) return null;
  return [...stream.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map(([, status]) => Number(status));
}
