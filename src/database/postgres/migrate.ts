import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import pg from 'pg';
import { DatabaseError } from '../errors.ts';
import { migrate, NoTablesError, schemaProblem } from '../migrations/migrate.ts';
import type { EngineTypes } from '../migrations/migration.ts';
import type { Tables } from '../tables.ts';
import { CREATE_BOOKKEEPING, lock, migrationsIn } from './bookkeeping.ts';
import { kyselyOver } from './dialect.ts';
import { requireUtf8 } from './encoding.ts';
import { correctionOf, explained, faultOf, isMisconfigured } from './faults.ts';
import type { ConnectionPool } from './pool.ts';
import { ensureSearchIndexes, lacksSearchIndexes } from './search-index.ts';
import type { SessionOver } from './sessions.ts';
import { ANY_TIME } from './settings.ts';

/** Another server that migrates the database is waited for. */
const BEGIN = `begin isolation level read committed; set local lock_timeout = 0; ${ANY_TIME}`;

const TYPES: EngineTypes = {
  identity: ['bigint', (column) => column.generatedByDefaultAsIdentity().primaryKey()],
  rowId: ['bigint', (column) => column.generatedByDefaultAsIdentity().notNull()],
  // The same order of texts as in SQLite, whatever the locale of the server.
  key: sql`text collate "C"`,
  distributed: true,
  // They are made after the migrations, or at a later start, because the extensions may be installed later.
  createSearchIndexes: async () => {},
  endAutomaticMerges: async () => {},
};

/** See `Database.migrations`. */
export async function migrationsRun(pool: ConnectionPool): Promise<string[]> {
  return correctable(pool, migrationsIn);
}

/** Brings the tables up to date: see `Database.migrate`. */
export async function migratePostgres(
  pool: ConnectionPool,
  sessionOver: SessionOver,
  existing: boolean,
): Promise<string[]> {
  return correctable(pool, async (db) => {
    const executed = await migrationsIn(db);
    if (existing && executed.length === 0) throw new NoTablesError();
    // A database that is up to date is only read, so that the program also starts on a standby or as a user with few rights.
    return (await isUpToDate(db, executed)) ? [] : await migrateAlone(pool, sessionOver);
  });
}

/** Runs the first work on a database, at which faults show that a person must correct. */
async function correctable<Result>(
  pool: ConnectionPool,
  work: (db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  try {
    const db = kyselyOver(pool);
    await requireUtf8(db);
    return await work(db);
  } catch (error) {
    // A fault that a person must correct becomes a DatabaseError, because it is not an outage.
    if (isMisconfigured(error)) {
      throw new DatabaseError(`The database cannot be used: ${faultOf(error)}. ${correctionOf(error)}`);
    }
    throw explained(error);
  }
}

/** Whether all migrations have run and no others, and the feed has its epoch. */
async function isUpToDate(db: Kysely<Tables>, executed: readonly string[]): Promise<boolean> {
  if (schemaProblem(executed) !== null || (await lacksSearchIndexes(db))) return false;
  const { rows: epochs } = await sql`select id from feed`.execute(db);
  return epochs.length > 0;
}

async function migrateAlone(pool: ConnectionPool, sessionOver: SessionOver): Promise<string[]> {
  await createBookkeeping(pool);
  return pool.transaction(
    BEGIN,
    async (connection) => {
      const session = sessionOver(connection);
      await lock(session, 'migration');
      const ran = await migrate(session, TYPES);
      await ensureSearchIndexes(session.db);
      return ran;
    },
    { long: true },
  );
}

/**
 * Creates the engine's own table. When another process creates it at the same time, PostgreSQL reports for example a violated key,
 * so that this is tried again.
 */
async function createBookkeeping(pool: ConnectionPool): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await pool.transaction(BEGIN, (connection) => connection.command(CREATE_BOOKKEEPING));
      return;
    } catch (error) {
      const isRace = error instanceof pg.DatabaseError && /^(23505|42P07|40001|XX000)$/.test(error.code ?? '');
      if (!isRace || tries === 10) throw error;
    }
  }
}
