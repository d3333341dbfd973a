import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Session } from '../database.ts';
import { DatabaseError } from '../errors.ts';
import { beginMissingEpoch } from '../feed.ts';
import { campaignTables } from './0001-campaigns.ts';
import { workspaceRevisions } from './0002-revisions.ts';
import { countsAndSearch } from './0003-counts-and-search.ts';
import { tokenUse } from './0004-token-use.ts';
import { idempotencyKeys } from './0005-idempotency-keys.ts';
import { campaignsOfAGroup } from './0006-campaigns-of-a-group.ts';
import { changesTable } from './0007-changes.ts';
import { writeMarks } from './0008-write-marks.ts';
import { webhookTables } from './0010-webhooks.ts';
import { changesByActor } from './0012-changes-by-actor.ts';
import { upstreamTables } from './0013-upstreams.ts';
import { membersAndTokens } from './0014-members-and-tokens.ts';
import { upstreamSends } from './0015-upstream-sends.ts';
import { searchMerges } from './0016-search-merges.ts';
import { webhookDeliveries } from './0017-webhook-deliveries.ts';
import { webhookRevisions } from './0018-webhook-revisions.ts';
import type { EngineTypes, Migration } from './migration.ts';

/** In the order in which they run. */
const MIGRATIONS: readonly (readonly [name: string, run: Migration])[] = [
  ['0001-campaigns', campaignTables],
  ['0002-revisions', workspaceRevisions],
  ['0003-counts-and-search', countsAndSearch],
  ['0004-token-use', tokenUse],
  ['0005-idempotency-keys', idempotencyKeys],
  ['0006-campaigns-of-a-group', campaignsOfAGroup],
  ['0007-changes', changesTable],
  ['0008-write-marks', writeMarks],
  ['0010-webhooks', webhookTables],
  ['0012-changes-by-actor', changesByActor],
  ['0013-upstreams', upstreamTables],
  ['0014-members-and-tokens', membersAndTokens],
  ['0015-upstream-sends', upstreamSends],
  ['0016-search-merges', searchMerges],
  ['0017-webhook-deliveries', webhookDeliveries],
  ['0018-webhook-revisions', webhookRevisions],
];

/** Where the names of the migrations that have run are kept. */
const TABLE = sql.table('kysely_migration');

/** A newer release has migrated the database. This release refuses it, because it could damage the data. */
class NewerSchemaError extends DatabaseError {
  constructor(migration: string) {
    super(
      `The database has been migrated by a newer release (it has "${migration}"). Start that release or a later one with it.`,
    );
  }
}

/** This release has not migrated the database yet. */
class NotMigratedError extends DatabaseError {
  constructor(migration: string) {
    super(
      `The database has yet to be migrated to this release (it lacks "${migration}"). Run "campaigns migrate" first: a running server of the earlier release then makes no more changes.`,
    );
  }
}

/** The database has no tables, where it should have some. */
export class NoTablesError extends DatabaseError {
  constructor() {
    super('The database has no tables of campaigns. DATABASE_URL must name one that has them.');
  }
}

/**
 * Brings the tables up to date within the transaction that the session is in; returns the names of the migrations that ran, in
 * order. A database without an epoch of its feed gets one. Throws NewerSchemaError.
 */
export async function migrate(session: Session, types: EngineTypes): Promise<string[]> {
  const { db } = session;
  await sql`create table if not exists ${TABLE} (name varchar(255) not null primary key, timestamp varchar(255) not null)`.execute(
    db,
  );
  const { rows } = await sql<{ name: string }>`select name from ${TABLE} order by name`.execute(db);
  const executed = new Set(rows.map(({ name }) => name));
  const newer = unknownMigration([...executed]);
  if (newer !== undefined) throw new NewerSchemaError(newer);

  const pending = MIGRATIONS.filter(([name]) => !executed.has(name));
  for (const [name, run] of pending) {
    // A migration may see tables that are not in today's types.
    await run(db as unknown as Kysely<unknown>, types, session);
    await sql`insert into ${TABLE} (name, timestamp) values (${name}, ${new Date().toISOString()})`.execute(db);
  }
  await beginMissingEpoch(session);
  return pending.map(([name]) => name);
}

/**
 * Throws NoTablesError, NewerSchemaError or NotMigratedError when this release cannot work with a database in which these migrations
 * have run.
 */
export function checkMigrated(executed: readonly string[]): void {
  if (executed.length === 0) throw new NoTablesError();
  const newer = unknownMigration(executed);
  if (newer !== undefined) throw new NewerSchemaError(newer);
  const missing = missingMigration(executed);
  if (missing !== undefined) throw new NotMigratedError(missing);
}

/** Why this release cannot work with a database in which these migrations have run; null when it can. */
export function schemaProblem(executed: readonly string[]): string | null {
  const newer = unknownMigration(executed);
  if (newer !== undefined) return `a newer release has migrated the database (it has "${newer}")`;
  const missing = missingMigration(executed);
  return missing === undefined ? null : `the database lacks the migration "${missing}"`;
}

/**
 * What `campaigns check` says of a database in which these migrations have run: one line, or none. Migrations that are yet to run are
 * no problem, because the next start runs them.
 */
export function schemaFindings(executed: readonly string[]): string[] {
  if (executed.length === 0) return ['The database has no tables of campaigns. "campaigns migrate" makes them.'];
  const newer = unknownMigration(executed);
  return newer === undefined ? [] : [new NewerSchemaError(newer).message];
}

/** The first migration of this release that is not one of these. Returns undefined when none is missing. */
export function missingMigration(executed: readonly string[]): string | undefined {
  return MIGRATIONS.find(([name]) => !executed.includes(name))?.[0];
}

/** The first of these migrations that this release does not know. Returns undefined when it knows all. */
function unknownMigration(executed: readonly string[]): string | undefined {
  return executed.find((name) => !MIGRATIONS.some(([known]) => known === name));
}
