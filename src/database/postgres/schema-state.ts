import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { DatabaseUnavailableError } from '../errors.ts';
import { missingMigration, schemaProblem } from '../migrations/migrate.ts';
import type { Tables } from '../tables.ts';
import { migrationsIn } from './bookkeeping.ts';
import { explained, isUndefined } from './faults.ts';

const NOT_MIGRATED = 'it has not been migrated yet';

/** Whether this release can work with the database's tables, as far as this process knows. */
export class SchemaState {
  readonly #db: Kysely<Tables>;
  /** Whether the last migration of this process failed, so that there may be no tables to read from. */
  #migrationFailed = false;
  /** Why nothing may be written; null when nothing speaks against it. */
  #problem: string | null = null;

  /** @param db Reads the names of the migrations that have run. */
  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Throws DatabaseUnavailableError when nothing may be read. */
  checkReadable(): void {
    if (this.#migrationFailed) throw new DatabaseUnavailableError(NOT_MIGRATED);
  }

  /** Throws DatabaseUnavailableError when nothing may be written. */
  checkWritable(): void {
    this.checkReadable();
    if (this.#problem !== null) throw new DatabaseUnavailableError(this.#problem);
  }

  /** See `Database.problem`. */
  async problem(): Promise<string | null> {
    try {
      const { rows } = await this.explaining(() => {
        this.checkReadable();
        return sql<{ name: string }>`select name from kysely_migration`.execute(this.#db);
      });
      return (this.#problem = schemaProblem(rows.map(({ name }) => name)));
    } catch (error) {
      return error instanceof DatabaseUnavailableError ? error.reason : 'the database does not answer';
    }
  }

  /** Runs a migration, and remembers whether it succeeded. */
  async migrating<Result>(migration: () => Promise<Result>): Promise<Result> {
    try {
      const result = await migration();
      this.#migrationFailed = false;
      this.#problem = null;
      return result;
    } catch (error) {
      this.#migrationFailed = true;
      throw error;
    }
  }

  /**
   * Runs `work`. Rejects with the error that callers get: see `explained`. A missing table or column is a bug, unless migrations are
   * missing. A worker does not know this beforehand, because only its primary migrates.
   */
  async explaining<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (isUndefined(error) && (await this.#lacksMigrations())) {
        throw new DatabaseUnavailableError(NOT_MIGRATED, { cause: error });
      }
      throw explained(error);
    }
  }

  /** Whether migrations have yet to run. false when this cannot be read. */
  #lacksMigrations(): Promise<boolean> {
    return migrationsIn(this.#db).then(
      (executed) => missingMigration(executed) !== undefined,
      () => false,
    );
  }
}
