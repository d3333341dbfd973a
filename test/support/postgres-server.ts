import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';

const run = promisify(execFile);

/** The folder with the programs of PostgreSQL, of the newest version on Debian; null when there is none. */
function programs(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(root, version, 'bin')), '/usr/bin', '/usr/local/bin'];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** A PostgreSQL server for tests, in a temporary folder. */
export interface PrivateServer {
  readonly folder: string;
  readonly port: number;
  /** The address of a database on this server. */
  url(database?: string): string;
  start(): Promise<void>;
  /** Stops the server. `fast` ends the sessions first; `immediate` is like a crash. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Stops the server and removes its folder. */
  remove(): Promise<void>;
}

/**
 * Creates and starts a server with the programs of the system. Returns null when there are no programs. When the tests run as
 * root, the server runs as the user `postgres`, because PostgreSQL refuses to run as root.
 * @param settings Lines of the server's configuration, such as `max_connections=5`.
 */
export async function startPrivateServer(settings: readonly string[] = []): Promise<PrivateServer | null> {
  return startServer(settings, (data) => [
    'initdb',
    ...['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
  ]);
}

/** Creates and starts a standby that replicates from the primary. Returns null when the programs of PostgreSQL are missing. */
export async function startStandby(
  primary: PrivateServer,
  settings: readonly string[] = [],
): Promise<PrivateServer | null> {
  return startServer(settings, (data) => [
    'pg_basebackup',
    ...['-D', data, '-h', '127.0.0.1', '-p', String(primary.port), '-U', 'postgres', '-R', '-c', 'fast', '-N'],
  ]);
}

/** Starts a server in a new folder. `fill` returns the command, a program and its arguments, that creates the data there. */
async function startServer(
  settings: readonly string[],
  fill: (data: string) => readonly string[],
): Promise<PrivateServer | null> {
  const bin = programs();
  if (bin === null) return null;
  const user: { uid?: number; gid?: number } = userInfo().uid === 0 ? await idsOf('postgres') : {};
  const folder = mkdtempSync(join(tmpdir(), 'campaigns-postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const [program = '', ...args] = fill(data);
  await run(join(bin, program), args, user);
  const port = await freePort();
  const options = [
    ...[`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off'],
    ...settings,
  ];
  const control = (...args: string[]) => run(join(bin, 'pg_ctl'), ['-D', data, '-w', ...args], user);
  const server: PrivateServer = {
    folder,
    port,
    url: (database = 'postgres') => `postgres://postgres@127.0.0.1:${port}/${database}`,
    async start() {
      // pg_ctl is not used here, because the server would be its child and would keep the pipes of this process open.
      const args = ['-D', data, ...options.flatMap((option) => ['-c', option])];
      spawn(join(bin, 'postgres'), args, { ...user, stdio: 'ignore', detached: true }).unref();
      for (let tries = 0; !(await answers(server.url())); tries++) {
        if (tries === 200) throw new Error('the private PostgreSQL server does not start');
        await wait(25);
      }
    },
    async stop(mode = 'fast') {
      await control('stop', '-m', mode).catch(() => {});
    },
    async remove() {
      await server.stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/**
 * Finds PostgreSQL for the tests. Returns the address of a running server, `programs` when a server can be started, or null.
 * Throws when TEST_POSTGRES_URL is set and no server answers there.
 */
export async function findPostgres(): Promise<{ readonly url: string } | 'programs' | null> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given !== undefined && !(await answers(given))) throw new Error('TEST_POSTGRES_URL names no server that answers');
  if (given !== undefined) return { url: given };
  if (await answers(LOCAL)) return { url: LOCAL };
  return programs() === null ? null : 'programs';
}

const LOCAL = 'postgres://postgres@127.0.0.1:5432/postgres';

/** Whether a server answers at this address. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function idsOf(name: string): Promise<{ uid: number; gid: number }> {
  const ids = await Promise.all(['-u', '-g'].map((which) => run('id', [which, name])));
  const [uid = 0, gid = 0] = ids.map(({ stdout }) => Number(stdout));
  return { uid, gid };
}
