import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { createToken } from '../src/access/administration.ts';
import { openDatabase } from '../src/database/open.ts';
import { makeLargeWorkspace } from '../test/support/large-workspace.ts';
import type { MeasuredGroup } from './workloads.ts';
import { UUIDS } from './workloads.ts';

const ROOT = join(import.meta.dirname, '..');
const GROUPS = 2_000;
const MORE_TOKENS = 10;
const TEMPLATE = 'campaigns_bench';

/** The data that the requests need to know about the database. */
export interface MeasuredData {
  readonly token: string;
  /** More tokens of the same user, because each token may have only a few streams. */
  readonly moreTokens: readonly string[];
  readonly group: MeasuredGroup;
  readonly uuids: readonly string[];
}

/** A database that is filled once and copied for each server. */
export interface Databases {
  readonly data: MeasuredData;
  /** Makes another copy and returns its path or address. */
  copy(name: string): Promise<string>;
  remove(): Promise<void>;
}

/** Fills a SQLite file in the folder with this many campaigns, spread evenly over the workspaces. */
export async function sqliteDatabases(folder: string, campaigns: number, workspaces = 1): Promise<Databases> {
  const file = join(folder, 'filled.db');
  const data = await fill(file, campaigns, workspaces);
  return {
    data,
    async copy(name) {
      const copied = join(folder, `${name}.db`);
      copyFileSync(file, copied);
      return copied;
    },
    async remove() {},
  };
}

/**
 * One workspace with this many campaigns in PostgreSQL, moved there by `dump` and `load`. `url` is the address of a server and of a
 * database from which other databases are created.
 */
export async function postgresDatabases(folder: string, campaigns: number, url: string): Promise<Databases> {
  const file = join(folder, 'moved.db');
  const data = await fill(file, campaigns, 1);
  const made: string[] = [];
  const addressOf = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const remove = async () => {
    for (const name of made) await administer(url, `drop database if exists ${name}`);
  };
  const create = async (name: string, template: string) => {
    await administer(url, `drop database if exists ${name}`);
    await administer(url, `create database ${name} template ${template}`);
    made.push(name);
    return addressOf(name);
  };
  try {
    const address = await create(TEMPLATE, 'template0');
    const snapshot = join(folder, 'snapshot.json');
    await campaignsCommand(`file:${file}`, ['dump', snapshot]);
    await campaignsCommand(address, ['load', snapshot]);
  } catch (error) {
    await remove();
    throw error;
  }
  return { data, copy: (name) => create(`${TEMPLATE}_${name}`, TEMPLATE), remove };
}

/** Fills the file. The returned token and rows belong to the first workspace. */
async function fill(file: string, campaigns: number, workspaces: number): Promise<MeasuredData> {
  const database = await openDatabase({ engine: 'sqlite', file });
  await database.migrate();
  for (let made = 0; made < workspaces; made += 1) {
    await makeLargeWorkspace(database, campaigns / workspaces, Math.ceil(GROUPS / workspaces));
  }
  const { db } = database.reader;
  const { id, uuid } = await db.selectFrom('workspaces').select(['id', 'uuid']).orderBy('id').executeTakeFirstOrThrow();
  const user = { workspace: uuid, email: 'bench@example.org', role: 'administrator', name: 'bench' } as const;
  const token = await createToken(database, { ...user, expiresOn: null });
  const moreTokens = [];
  while (moreTokens.length < MORE_TOKENS) moreTokens.push(await createToken(database, { ...user, expiresOn: null }));
  const found = await db
    .selectFrom('campaigns')
    .select('uuid')
    .where('workspace_id', '=', id)
    .where('is_archived', '=', 0)
    .orderBy('name_key')
    .limit(UUIDS)
    .execute();
  const group = await db.selectFrom('groups').select(['id', 'uuid']).orderBy('id').executeTakeFirstOrThrow();
  await database.close();
  return { token, moreTokens, group, uuids: found.map(({ uuid }) => uuid) };
}

async function campaignsCommand(address: string, args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, ['src/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DATABASE_URL: address },
  });
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
