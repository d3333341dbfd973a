import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/**
 * What the proxy does with data of a client. `pass`: the server gets the data. `cut before`: the connection is cut, and the server does
 * not get the data. `cut after`: the server gets the data, then the client's connection is cut. `swallow`: the server does not get the
 * data, but the connection stays open.
 */
export type Verdict = 'pass' | 'cut before' | 'cut after' | 'swallow';

/** A proxy between clients and a server. `judge` decides which connections it cuts. */
export interface TcpProxy {
  readonly port: number;
  /** The server's port, for new connections. */
  target: number;
  /** Decides what happens to each piece of data from a client. */
  judge: (piece: Buffer) => Verdict;
  /** How long, in ms, the proxy waits before it passes a client's data to the server. */
  delay: number;
  /** From now on the open connections pass nothing on, in neither direction, and stay open. New connections are not concerned. */
  freeze(): void;
  /** Cuts all open connections. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a proxy to a port on this machine. */
export async function startProxy(target: number): Promise<TcpProxy> {
  const sockets: Socket[] = [];
  const frozen = new WeakSet<Socket>();
  const server = createServer((client) => {
    const upstream = connect(proxy.target, '127.0.0.1');
    sockets.push(client, upstream);
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.on('close', () => upstream.end());
    upstream.on('close', () => client.destroy());
    upstream.on('data', (piece) => {
      if (!client.destroyed && !frozen.has(client)) client.write(piece);
    });
    client.on('data', (piece) => {
      if (frozen.has(client)) return;
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
    freeze() {
      for (const socket of sockets) frozen.add(socket);
    },
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
