import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Config } from '../../src/config.ts';
import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/server.ts';
import { afterwards } from '../support/afterwards.ts';
import { freePort } from '../support/free-port.ts';
import { openEmptyDatabase } from '../support/world.ts';

const database = await openEmptyDatabase();

/** Listens on a free port, and answers nothing. `connections` are those that are open. */
async function silentServer() {
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('error', () => {}).on('close', () => connections.delete(socket));
    // Without this the server would not notice that the client closes the connection.
    socket.resume();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  afterwards(() => {
    for (const socket of connections) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections };
}

/** The database is a SQLite file, which can have no replica. */
const REPLICA = {
  address: { engine: 'postgres', url: 'postgres://127.0.0.1:1/campaigns', connections: 1, pooler: false },
  maxLag: 1_000,
} as const;

it.each([
  ['its port is taken', 'EADDRINUSE', (taken: number): Partial<Config> => ({ port: taken })],
  ['its replica cannot be opened', 'only PostgreSQL has replicas', (): Partial<Config> => ({ replica: REPLICA })],
])('a start that fails because %s leaves nothing open', async (_why, message, settings) => {
  const redis = await silentServer();
  const adminPort = await freePort();
  const config: Config = {
    ...readConfig({}),
    host: '127.0.0.1',
    port: 0,
    adminPort,
    database: { engine: 'sqlite', file: '' },
    redisUrl: `redis://127.0.0.1:${redis.port}`,
    ...settings(redis.port),
  };
  await expect(startServer(config, database, pino({ level: 'silent' }))).rejects.toThrow(message);
  await expect.poll(() => redis.connections.size).toBe(0);
  await expect(fetch(`http://127.0.0.1:${adminPort}/healthz`)).rejects.toThrow('fetch failed');
});
