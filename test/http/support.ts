import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Listening {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
}

/** Starts a server on a free port. `prepare` gets the server before it listens. The server is closed after the test. */
export async function listen(listener: RequestListener, prepare?: (server: Server) => void): Promise<Listening> {
  const server = createServer(listener);
  prepare?.(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://127.0.0.1:${port}` };
}

/** Sends text over a new connection. Returns all that is received until the server closes the connection. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
