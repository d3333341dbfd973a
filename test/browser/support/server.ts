import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { putFixture } from '../../support/engine.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { campaigns, inFile, serve } from '../../support/program.ts';

/** A server in its own process, with its own database. */
export interface TestServer {
  /** The server's origin. */
  readonly base: string;
  /** Runs a command of the program on the server's database. Throws if it fails. */
  command(...args: string[]): Promise<void>;
  /** Kills the server process. Its data stays. */
  pause(): Promise<void>;
  /** Starts the server again, at the same address and with the same data. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server with the data of the contract fixture. */
export async function serveFixture(settings: Record<string, string> = {}): Promise<TestServer> {
  const file = join(temporaryFolder(), 'campaigns.db');
  await putFixture(file);
  return serveFile(file, settings);
}

/** Starts a server with the data of a snapshot. */
export async function serveSnapshot(snapshot: object): Promise<TestServer> {
  const folder = temporaryFolder();
  const [file, source] = [join(folder, 'campaigns.db'), join(folder, 'snapshot.json')];
  await writeFile(source, JSON.stringify(snapshot));
  await run(['load', source], inFile(file));
  return serveFile(file, {});
}

async function serveFile(file: string, settings: Record<string, string>): Promise<TestServer> {
  const environment = {
    // As in production, because the libraries are slower and log more in development mode.
    NODE_ENV: 'production',
    RATE_LIMIT: 'off',
    // On a busy machine the process that answers costly queries, such as long histories, is not there within the default 10 s.
    REQUEST_TIMEOUT: '60',
    ...inFile(file),
    ...settings,
  };
  let server = await serve(environment);
  const base = server.url;
  const kill = async () => {
    await server.stop('SIGKILL');
  };
  return {
    base,
    command: (...args) => run(args, environment),
    pause: kill,
    async resume() {
      server = await serve({ ...environment, PORT: new URL(base).port });
    },
    close: kill,
  };
}

/** Runs a command of the program. Throws if it fails. */
async function run(args: readonly string[], environment: Record<string, string>): Promise<void> {
  const { code, stderr } = await campaigns(args, environment);
  if (code !== 0) throw new Error(`\`campaigns ${args.join(' ')}\` failed: ${stderr}`);
}
