import { pino } from 'pino';
import type { Database } from '../../src/database/database.ts';
import type { Config } from '../../src/config.ts';
import { readConfig } from '../../src/config.ts';
import type { ServerOptions } from '../../src/server.ts';
import { startServer } from '../../src/server.ts';
import type { Snapshot } from '../../src/snapshot/format.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { afterwards } from './afterwards.ts';
import type { Client } from './client.ts';
import { clientFor } from './client.ts';
import type { TokenName } from './fixture.ts';
import { newPlace, openAt } from './engine.ts';
import { fixture } from './fixture.ts';
import { RestClient } from './rest-client.ts';

/** A server in this process, with a database of its own. */
export interface World {
  readonly url: string;
  /** The port for health and metrics; null unless the settings have one. */
  readonly adminPort: number | null;
  /** The path of the SQLite database; empty on PostgreSQL. */
  readonly file: string;
  /** The setting that names the database. */
  readonly settings: { readonly DATABASE_URL: string };
  readonly database: Database;
  /** The lines that the server has logged. */
  readonly log: readonly string[];
  /** The SQL of every statement that has run. On SQLite it contains the values. */
  readonly statements: readonly string[];
  /** A GraphQL client with one of the fixture's tokens, or without a token. */
  as(token: TokenName | null): Client;
  /** A REST client. */
  readonly rest: RestClient;
  /** Stops the server early. Without this call it stops after the tests of the file. */
  close(): Promise<void>;
}

/**
 * Statements that the server runs by itself, not for a request. They read the version of the database, or look for webhooks
 * that have something to send.
 */
const OWN_STATEMENTS =
  /^pragma (?:data|user)_version$|from "engine_state" where name = 'access'$|from "webhooks" inner join/i;

/**
 * Starts a server on a database that holds a snapshot (default: the contract's fixture). The server has no rate limit unless
 * the settings have one. It is stopped after the tests of the file.
 */
export async function openWorld(
  settings: Partial<Config> = {},
  snapshot: Snapshot = fixture,
  options: ServerOptions = {},
): Promise<World> {
  const isThere = snapshot === fixture;
  const { address, settings: named } = await newPlace(isThere ? 'fixture' : 'tables');
  const statements: string[] = [];
  const database = openAt(address, (statement) => {
    if (!OWN_STATEMENTS.test(statement)) statements.push(statement);
  });
  await database.migrate();
  if (!isThere) await loadSnapshot(database, snapshot);

  const log: string[] = [];
  const server = await startServer(
    {
      ...readConfig({}),
      host: '127.0.0.1',
      port: 0,
      database: address,
      rateLimit: null,
      drainDelay: 0,
      logLevel: 'debug',
      ...settings,
    },
    database,
    pino({ level: 'debug', base: null }, { write: (line: string) => void log.push(line) }),
    options,
  );
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= server.stop().then(() => database.close()));
  afterwards(close);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    adminPort: server.adminPort,
    settings: named,
    file: address.engine === 'sqlite' ? address.file : '',
    database,
    log,
    statements,
    as: (token) => clientFor(url, token),
    rest: new RestClient(url),
    close,
  };
}

/** A database for the tests of one file, with empty tables. It is closed after these tests. */
export async function openEmptyDatabase(): Promise<Database> {
  return openDatabaseWith('tables');
}

/** A database for the tests of one file, with the contract's fixture. It is closed after these tests. */
export async function openFilledDatabase(): Promise<Database> {
  return openDatabaseWith('fixture');
}

async function openDatabaseWith(content: 'fixture' | 'tables'): Promise<Database> {
  const { address } = await newPlace(content);
  const database = openAt(address);
  afterwards(() => database.close());
  await database.migrate();
  return database;
}
