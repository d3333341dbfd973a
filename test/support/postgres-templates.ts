import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/database/open.ts';
import { loadSnapshot } from '../../src/snapshot/load.ts';
import { fixture } from './fixture.ts';
import { answers, startPrivateServer } from './postgres-server.ts';

/** The server of the tests, and the databases that each test file copies: a migrated one, and one with the fixture. */
export interface PostgresTemplates {
  readonly url: string;
  readonly empty: string;
  readonly filled: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** null when there is no PostgreSQL server, and none could be started. */
    postgres: PostgresTemplates | null;
  }
}

const LOCAL = 'postgres://postgres@127.0.0.1:5432/postgres';

/** Vitest runs this before all test files: it finds a server, or starts one, and makes the templates. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given !== undefined && !(await answers(given))) throw new Error('TEST_POSTGRES_URL names no server that answers');
  const found = given ?? ((await answers(LOCAL)) ? LOCAL : undefined);
  const started = found === undefined ? await startPrivateServer() : null;
  const url = found ?? started?.url();
  if (url === undefined) {
    console.warn('PostgreSQL is not tested: there is none, and no program to start one. Set TEST_POSTGRES_URL.');
    project.provide('postgres', null);
    return async () => {};
  }
  const prefix = `campaigns_test_${randomBytes(4).toString('hex')}`;
  const templates: PostgresTemplates = { url, empty: `${prefix}_empty`, filled: `${prefix}_filled` };
  await execute(url, `create database ${templates.empty}`);
  await inDatabase(url, templates.empty, async (database) => void (await database.migrate()));
  await execute(url, `create database ${templates.filled} template ${templates.empty}`);
  await inDatabase(url, templates.filled, (database) => loadSnapshot(database, fixture));
  project.provide('postgres', templates);
  return async () => {
    for (const name of [templates.filled, templates.empty]) await execute(url, `drop database ${name} with (force)`);
    await started?.remove();
  };
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

async function inDatabase(
  url: string,
  name: string,
  work: (database: ReturnType<typeof openDatabase>) => Promise<void>,
): Promise<void> {
  const database = openDatabase({
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
