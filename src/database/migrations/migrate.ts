import type { ColumnBuilderCallback, CreateTableBuilder, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration';
import { DatabaseError } from '../database.ts';
import type { Tables } from '../tables.ts';
import { campaignTables } from './0001-campaigns.ts';

type DataType = Parameters<CreateTableBuilder<string>['addColumn']>[1];

/** What the engines write differently in a table. */
export interface EngineTypes {
  /** A primary key that counts up by itself and never gives a number twice. */
  readonly identity: [DataType, ColumnBuilderCallback];
  /** Text that is compared and sorted by its code points. */
  readonly key: DataType;
}

/** In the order in which they run, which is that of their names. One that has been released is never edited. */
function migrationsFor(types: EngineTypes): Record<string, Migration> {
  return { '0001-campaigns': campaignTables(types) };
}

/** The database was made by a later release than this program, which could only harm it. */
export class NewerSchemaError extends DatabaseError {
  constructor(migration: string) {
    super(
      `The database has been migrated by a newer release (it has "${migration}"). Start that release or a later one with it.`,
    );
  }
}

/**
 * Brings the tables up to date in one transaction; returns the names of what ran, in order.
 * Several processes may do it at once: one migrates, the others wait for it and find nothing to do.
 */
export async function migrate(db: Kysely<Tables>, types: EngineTypes): Promise<string[]> {
  const migrations = migrationsFor(types);
  for (const name of await executedMigrations(db)) if (!(name in migrations)) throw new NewerSchemaError(name);

  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw error;
  return results.map((result) => result.migrationName);
}

async function executedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows.map((row) => row.name);
}
