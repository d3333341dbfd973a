import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildConsole } from '../../../src/console/build.ts';

const MAIN = join(import.meta.dirname, '../../../src/main.ts');
const FIXTURE = join(import.meta.dirname, '../../contract/fixture.json');

/** A gateway as people run it, over a database of its own. */
export interface Served {
  base: string;
  /** Runs a command of the program on the same database. */
  command(...args: string[]): Promise<void>;
  /** Goes away, and comes back at the same address with the same data. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

export async function serveFixture(environment: Record<string, string> = {}): Promise<Served> {
  return serveFile(FIXTURE, environment);
}

/** Serves what the snapshot holds. */
export async function serveSnapshot(snapshot: object, environment: Record<string, string> = {}): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'campaigns-snapshot-'));
  const file = join(folder, 'snapshot.json');
  await writeFile(file, JSON.stringify(snapshot));
  const served = await serveFile(file, environment);
  await rm(folder, { recursive: true });
  return served;
}

async function serveFile(snapshot: string, environment: Record<string, string>): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'campaigns-browser-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    // As it is run for people; the test runner's own setting would make the libraries slower and chattier.
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
    RATE_LIMIT: 'off',
    DATABASE_URL: `file:${join(folder, 'campaigns.db')}`,
    ...environment,
  };
  const command = async (...args: string[]) => {
    await promisify(execFile)(process.execPath, [MAIN, ...args], { env });
  };
  await Promise.all([buildConsole(), command('load', snapshot)]);
  let running = await start(env, base);
  return {
    base,
    command,
    pause: () => stop(running),
    async resume() {
      running = await start(env, base);
    },
    async close() {
      await stop(running);
      await rm(folder, { recursive: true });
    },
  };
}

async function start(env: NodeJS.ProcessEnv, base: string): Promise<ChildProcess> {
  const server = spawn(process.execPath, [MAIN, 'serve'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  for (;;) {
    if (server.exitCode !== null) throw new Error(`The server ended with exit code ${server.exitCode}.`);
    const ready = await fetch(`${base}/readyz`).catch(() => undefined);
    if (ready?.ok) return server;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGKILL');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('No port is free.'));
      });
    });
  });
}

interface FixtureToken {
  name: string;
  key: string;
}

const fixture = JSON.parse(await readFile(FIXTURE, 'utf8')) as { tokens: FixtureToken[] };

/** The key of one of the fixture's tokens. */
export function keyOf(name: string): string {
  const token = fixture.tokens.find((one) => one.name === name);
  if (!token) throw new Error(`The fixture has no token "${name}".`);
  return token.key;
}
