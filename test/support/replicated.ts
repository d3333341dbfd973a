import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import type { Config } from '../../src/config.ts';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database/open.ts';
import { startServer } from '../../src/server.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { afterwards } from './afterwards.ts';
import type { Client } from './client.ts';
import { clientFor } from './client.ts';
import type { TokenName } from './fixture.ts';
import { fixture } from './fixture.ts';
import { METRICS_TOKEN, readMetric } from './metrics.ts';
import type { PrivateServer } from './postgres-server.ts';
import { startPrivateServer, startStandby } from './postgres-server.ts';
import { execute } from './postgres-templates.ts';

/** A primary with the contract's fixture in the database `campaigns`, and its standby. */
export interface Replicated {
  readonly primary: PrivateServer;
  readonly standby: PrivateServer;
}

/** The reason to skip tests with a replica when `startReplicated` returns null. */
export const NO_PROGRAMS = 'initdb, pg_basebackup, pg_ctl and postgres are not there';

/** Starts a primary and its standby, which are removed after the tests of the file. Returns null when PostgreSQL's programs are missing. */
export async function startReplicated(): Promise<Replicated | null> {
  const primary = await startPrivateServer();
  if (!primary) return null;
  afterwards(() => primary.remove());
  await execute(primary.url(), 'create database campaigns');
  const database = await openDatabase(addressOf(primary));
  await database.migrate();
  await loadSnapshot(database, fixture);
  await database.close();
  // The standby tries to reach its primary again every 200 ms. PostgreSQL's default of five seconds would slow the tests down.
  const standby = await startStandby(primary, ['wal_retrieve_retry_interval=200ms']);
  if (!standby) return null;
  afterwards(() => standby.remove());
  return { primary, standby };
}

function addressOf(server: PrivateServer) {
  return { engine: 'postgres', url: server.url('campaigns'), connections: 8, pooler: false } as const;
}

/** Stops the standby from applying new changes. It continues to answer with its old data. */
export const pauseReplay = (standby: PrivateServer) => execute(standby.url(), 'select pg_wal_replay_pause()');
export const resumeReplay = (standby: PrivateServer) => execute(standby.url(), 'select pg_wal_replay_resume()');

/** The status of `/readyz`, and the member `replica` of its body. */
export async function readinessOf(url: string): Promise<[number, string | undefined]> {
  const response = await fetch(`${url}/readyz`);
  return [response.status, ((await response.json()) as { replica?: string }).replica];
}

/** Resolves when the servers read from their replica. */
export async function untilUsed(...servers: readonly { readonly url: string }[]): Promise<void> {
  for (const { url } of servers) while ((await readinessOf(url))[1] !== 'in use') await wait(20);
}

/** How many statements a server has run on its replica. */
export async function replicaReadsOf(url: string): Promise<number> {
  return (await readMetric(url, 'campaigns_database_duration_seconds_count{work="replica-read"}')) ?? 0;
}

/** A server in this process. */
export interface Instance {
  readonly url: string;
  as(token: TokenName): Client;
  /** The messages of the log about the replica. */
  saidOfReplica(): string[];
  /** How many statements the server has run on the replica. */
  replicaReads(): Promise<number>;
  readiness(): Promise<[number, string | undefined]>;
  close(): Promise<void>;
}

/** Starts a server that reads from the standby after its first check of the standby. It is stopped after the tests of the file. */
export async function openInstance(
  { primary, standby }: Replicated,
  settings: Partial<Config> & { readonly replicaUrl?: string; readonly maxLag?: number } = {},
): Promise<Instance> {
  const { replicaUrl, maxLag = 2_000, ...others } = settings;
  const address = addressOf(standby);
  const database = await openDatabase(addressOf(primary));
  await database.migrate();
  const log: string[] = [];
  const server = await startServer(
    {
      ...readConfig({}),
      host: '127.0.0.1',
      port: 0,
      database: addressOf(primary),
      replica: { address: { ...address, url: replicaUrl ?? address.url }, maxLag },
      metricsToken: METRICS_TOKEN,
      rateLimit: null,
      drainDelay: 0,
      ...others,
    },
    database,
    pino({ base: null }, { write: (line: string) => void log.push(line) }),
  );
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= server.stop().then(() => database.close()));
  afterwards(close);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    as: (token) => clientFor(url, token),
    saidOfReplica: () =>
      log.map((line) => (JSON.parse(line) as { msg: string }).msg).filter((message) => message.includes('the replica')),
    replicaReads: () => replicaReadsOf(url),
    readiness: () => readinessOf(url),
    close,
  };
}
