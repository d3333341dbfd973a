import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import type { Database } from '../../src/database/database.ts';
import { openDatabase } from '../../src/database/open.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { fixture } from './fixture.ts';
import { findPostgres, startPrivateServer } from './postgres-server.ts';

/** The server of the tests, and the databases that test files copy. `empty` has only the tables; `filled` has the fixture. */
export interface PostgresTemplates {
  readonly url: string;
  /** The names of this run's databases and roles begin with this prefix. All of them are dropped after the run. */
  readonly prefix: string;
  readonly empty: string;
  readonly filled: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: PostgresTemplates;
  }
}

/** Vitest runs this once before all test files. It finds or starts a server, and creates the template databases. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const found = await findPostgres();
  const started = found === 'programs' ? await startPrivateServer() : null;
  const url = found === 'programs' ? started?.url() : found?.url;
  if (url === undefined) throw new Error('there is no PostgreSQL server');
  const prefix = `campaigns_test_${randomBytes(4).toString('hex')}`;
  const templates: PostgresTemplates = { url, prefix, empty: `${prefix}_empty`, filled: `${prefix}_filled` };
  await execute(url, `create database ${templates.empty}`);
  await inDatabase(url, templates.empty, async (database) => void (await database.migrate()));
  await execute(url, `create database ${templates.filled} template ${templates.empty}`);
  await inDatabase(url, templates.filled, (database) => loadSnapshot(database, fixture));
  project.provide('postgres', templates);
  return async () => {
    // Eight databases are dropped at a time, because each drop waits for a checkpoint and simultaneous drops wait for the same one.
    const left = await namesIn(url, 'datname', 'pg_database', prefix);
    const drop = async () => {
      for (let name = left.pop(); name; name = left.pop()) await execute(url, `drop database ${name} with (force)`);
    };
    await Promise.all(Array.from({ length: 8 }, drop));
    for (const name of await namesIn(url, 'rolname', 'pg_roles', prefix)) await execute(url, `drop role ${name}`);
    await started?.remove();
  };
}

/** The names in a column of a system catalogue that begin with `prefix`. */
async function namesIn(url: string, column: string, catalogue: string, prefix: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`select ${column} as name from ${catalogue}`);
    return rows.map(({ name }) => name).filter((name) => name.startsWith(prefix));
  } finally {
    await client.end();
  }
}

/** Runs statements outside a transaction. */
export async function execute(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
export function databaseOn(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

async function inDatabase(url: string, name: string, work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase({
    engine: 'postgres',
    url: databaseOn(url, name),
    connections: 2,
    pooler: false,
  });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}
