import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import type { Config } from '../../src/config.ts';
import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/server.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import type { Client } from './client.ts';
import { clientFor } from './client.ts';
import type { TokenName } from './fixture.ts';
import { fixture } from './fixture.ts';
import { temporaryFolder } from './folder.ts';

/** A served database with the contract's fixture in it. */
export interface World {
  readonly url: string;
  readonly file: string;
  readonly database: Database;
  /** The lines that the server has logged. */
  readonly log: readonly string[];
  /** Every statement that SQLite has run, with its values written in. */
  readonly statements: readonly string[];
  /** Asks as one of the fixture's tokens; null: without one. */
  as(token: TokenName | null): Client;
}

type WorldSettings = Partial<Pick<Config, 'rateLimit' | 'trustProxy'>>;

/** Opens a world for the tests of one file. It is closed after them. */
export async function openWorld({ rateLimit = null, trustProxy = false }: WorldSettings = {}): Promise<World> {
  const file = join(temporaryFolder(), 'campaigns.db');
  const statements: string[] = [];
  const database = openSqlite(file, (statement) => {
    // A look at whether anything was written, which reads nothing.
    if (statement.toLowerCase() !== 'pragma data_version') statements.push(statement);
  });
  await database.migrate();
  await loadSnapshot(database, fixture);

  const log: string[] = [];
  const server = await startServer(
    {
      ...readConfig({}),
      host: '127.0.0.1',
      port: 0,
      database: { engine: 'sqlite', file },
      rateLimit,
      trustProxy,
      logLevel: 'debug',
    },
    database,
    pino({ level: 'debug', base: null }, { write: (line: string) => void log.push(line) }),
  );
  afterAll(async () => {
    await server.stop();
    await database.close();
  });
  const url = `http://127.0.0.1:${server.port}`;
  return { url, file, database, log, statements, as: (token) => clientFor(url, token) };
}

/** A database for the tests of one file, with its tables and nothing in them. It is closed after them. */
export async function openEmptyDatabase(): Promise<Database> {
  const database = openSqlite(join(temporaryFolder(), 'campaigns.db'));
  await database.migrate();
  afterAll(() => database.close());
  return database;
}
