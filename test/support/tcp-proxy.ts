import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** What becomes of what a client sends: it is passed on; the connection is cut before or after the server has it; or nobody hears of it. */
export type Verdict = 'pass' | 'cut before' | 'cut after' | 'swallow';

/** A proxy of connections, which `judge` may cut. */
export interface TcpProxy {
  readonly port: number;
  /** The port to which new connections lead. */
  target: number;
  /** Is asked about each piece that a client sends. */
  judge: (piece: Buffer) => Verdict;
  /** How long, in ms, what a client sends takes to the server. */
  delay: number;
  /** Cuts the connections that are open. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a proxy to a port of this machine. */
export async function startProxy(target: number): Promise<TcpProxy> {
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = connect(proxy.target, '127.0.0.1');
    sockets.push(client, upstream);
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.on('close', () => upstream.end());
    upstream.on('close', () => client.destroy());
    upstream.on('data', (piece) => {
      if (!client.destroyed) client.write(piece);
    });
    client.on('data', (piece) => {
      const verdict = proxy.judge(piece);
      if (verdict === 'pass') {
        if (proxy.delay === 0) upstream.write(piece);
        else setTimeout(() => upstream.write(piece), proxy.delay);
        return;
      }
      if (verdict === 'swallow') return;
      if (verdict === 'cut after') upstream.write(piece);
      client.destroy();
      if (verdict === 'cut before') upstream.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: TcpProxy = {
    port: (server.address() as AddressInfo).port,
    target,
    judge: () => 'pass',
    delay: 0,
    cut() {
      for (const socket of sockets.splice(0)) socket.destroy();
    },
    async close() {
      proxy.cut();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
