import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { openPostgres } from '../../../src/database/postgres/postgres.ts';
import { Campaigns } from '../../../src/model/campaigns.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import { databaseOn, execute } from '../../support/postgres-templates.ts';
import { expectSearchesAsRestated } from '../../support/restated-search.ts';
import { makeWorkspace } from '../../support/workspace.ts';

// The server's locale decides which characters pg_trgm treats as letters. Not every database user may install pg_trgm.

const server = inject('postgres');
/** A random name for a database or a role. Everything with the prefix is dropped after the test run. */
const random = () => `${server.prefix}_${randomBytes(6).toString('hex')}`;

interface Opened {
  /** The address of the database, for its administrator. */
  readonly url: string;
  readonly database: Database;
  /** The SQL statements that have run. */
  readonly statements: readonly string[];
}

/** A migrated database with this locale. It is opened by this user, or by its owner if there is none. */
async function openWith(url: string, locale: string, user?: string): Promise<Opened> {
  const name = random();
  await execute(url, `create database ${name} template template0 encoding 'UTF8' ${locale}`);
  const own = databaseOn(url, name);
  const address = new URL(own);
  if (user) {
    await execute(url, `create role ${user} login`);
    await execute(own, `grant usage, create on schema public to ${user}`);
    address.username = user;
  }
  const statements: string[] = [];
  const database = openPostgres(
    { engine: 'postgres', url: address.href, connections: 4, pooler: false },
    (statement) => void statements.push(statement),
  );
  afterwards(() => database.close());
  await database.migrate();
  return { url: own, database, statements };
}

/** Drops all indexes but those for searches. PostgreSQL would read tables as small as these by another index, or as a whole. */
async function useNothingElse(database: Database): Promise<void> {
  await database.administer(async ({ db }) => {
    await sql`do $$
      declare found record;
      begin
        for found in select conrelid::regclass as name, conname from pg_constraint
          where conrelid in ('campaigns'::regclass, 'groups'::regclass) and contype in ('p', 'u') loop
          execute format('alter table %s drop constraint %I cascade', found.name, found.conname);
        end loop;
        for found in select indexname from pg_indexes
          where tablename in ('campaigns', 'groups') and indexname not like '%\_search' loop
          execute format('drop index %I', found.indexname);
        end loop;
        execute format('alter database %I set enable_seqscan = off', current_database());
      end $$`.execute(db);
  });
}

/** The server's locales, as CREATE DATABASE takes them. ICU locales need PostgreSQL 15. */
async function localesOf(address: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<{ locale: string }>(`
    select format('locale %L', collname) as locale from pg_collation
    where collname ~* '^(C|(C|en_US|tr_TR)\\.utf-?8)$' and collprovider = 'c'
    union select $$locale 'C' locale_provider icu icu_locale 'tr'$$ from pg_collation
    where collprovider = 'i' and current_setting('server_version_num')::int >= 150000`);
  await client.end();
  return rows.map(({ locale }) => locale);
}

/** Whether a search for words that no campaign has uses the index. */
async function isLookedUp({ database, statements }: Opened, search: string): Promise<boolean> {
  const { id } = await makeWorkspace(database, {});
  const before = statements.length;
  const list = new Campaigns(database, id, AUTHOR).list.where({ search });
  const page = await list.page({ ordering: { field: 'created', direction: 'desc' }, from: 'start', limit: 10 });
  expect(page.rows).toEqual([]);
  return statements.slice(before).some((statement) => /from "campaigns" where workspace_id = .* like/.test(statement));
}

const url = server?.url ?? '';
const locales = server ? await localesOf(url) : [];

/** How often the index has been used, according to the server's statistics. */
async function timesUsed({ database }: Opened): Promise<number> {
  const { rows } = await sql<{ times: number }>`
    select idx_scan as times from pg_stat_user_indexes where indexrelname = 'campaigns_search'`.execute(
    database.reader.db,
  );
  return rows[0]?.times ?? 0;
}

describe('a search on PostgreSQL', () => {
  it.each(locales)('finds the same in every script, with %s', async (locale) => {
    const opened = await openWith(url, locale);
    await useNothingElse(opened.database);
    await expectSearchesAsRestated(opened.database, 8);
    await expect.poll(() => timesUsed(opened), { timeout: 10_000 }).toBeGreaterThan(50);
    expect(await isLookedUp(opened, 'elevage')).toBe(true);
    expect(await isLookedUp(opened, 'el')).toBe(false);
    expect(await isLookedUp(opened, 'привет')).toBe(!locale.startsWith("locale 'C'"));
  });

  it('finds the same without the index, where the extension cannot be installed', async () => {
    const opened = await openWith(url, "locale 'C'", random());
    await expectSearchesAsRestated(opened.database, 5);
    expect(await isLookedUp(opened, 'elevage')).toBe(false);
  });

  it('has the index from the first start after an administrator has installed the extensions', async () => {
    const opened = await openWith(url, "locale 'C'", random());
    for (const extension of ['pg_trgm', 'btree_gin']) await execute(opened.url, `create extension ${extension}`);
    await opened.database.migrate();
    expect(await isLookedUp(opened, 'elevage')).toBe(true);
  });
});
