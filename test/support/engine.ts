import { randomBytes } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import type { DatabaseAddress } from '../../src/database/open.ts';
import { openPostgres } from '../../src/database/postgres/postgres.ts';
import { openSqlite } from '../../src/database/sqlite/sqlite.ts';
import { temporaryFolder } from './folder.ts';
import { databaseOn, execute } from './postgres-templates.ts';
import type { SqliteTemplates } from './sqlite-templates.ts';

/** The database engine of this run of the test file: see vitest.config.ts. */
export const ENGINE = process.env.TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite';

/**
 * How many random values a property is tried with: `count` on SQLite, and a third of it on PostgreSQL, because each try takes several
 * times as long there.
 */
export const runsOf = (count: number): number => (ENGINE === 'postgres' ? Math.ceil(count / 3) : count);

/** A place for a database of one test file. The database is removed after the tests. */
export interface DatabasePlace {
  readonly address: DatabaseAddress;
  /** The setting that names the database. */
  readonly settings: { readonly DATABASE_URL: string };
}

/** A new place for a database of this run's engine. It can have the contract's fixture or empty tables in it. */
export async function newPlace(content: 'fixture' | 'tables' | 'nothing' = 'nothing'): Promise<DatabasePlace> {
  if (ENGINE === 'postgres') return newPostgresPlace(content);
  const file = join(temporaryFolder(), 'campaigns.db');
  if (content !== 'nothing') await copyFile(templates()[content], file);
  return { address: { engine: 'sqlite', file }, settings: { DATABASE_URL: `file:${file}` } };
}

/** Creates a SQLite database with the contract's fixture, as `campaigns load` would. */
export async function putFixture(file: string): Promise<void> {
  await copyFile(templates().fixture, file);
}

const templates = (): SqliteTemplates => inject('sqlite');

/** A new database on the tests' PostgreSQL server. */
export async function newPostgresPlace(
  content: 'fixture' | 'tables' | 'nothing' = 'nothing',
): Promise<DatabasePlace & { readonly address: Extract<DatabaseAddress, { engine: 'postgres' }> }> {
  const templates = inject('postgres');
  const name = `${templates.prefix}_${randomBytes(6).toString('hex')}`;
  const template = { fixture: templates.filled, tables: templates.empty, nothing: 'template0' }[content];
  await execute(templates.url, `create database ${name} template ${template}`);
  const url = databaseOn(templates.url, name);
  return { address: { engine: 'postgres', url, connections: 4, pooler: false }, settings: { DATABASE_URL: url } };
}

/** Opens a database. `onStatement` gets the SQL of each statement. On SQLite the SQL contains the values, on PostgreSQL it does not. */
export function openAt(address: DatabaseAddress, onStatement?: (statement: string) => void): Database {
  return address.engine === 'postgres' ? openPostgres(address, onStatement) : openSqlite(address.file, onStatement);
}
