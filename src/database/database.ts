import type { Kysely, Transaction } from 'kysely';
import type { Statements } from './statements.ts';
import type { Tables } from './tables.ts';

/**
 * One database of whichever engine. What is above it speaks Kysely and this interface, so that another engine is another
 * file beside sqlite.ts.
 */
export interface Database {
  /** For reads outside a transaction. They never wait for a write. */
  readonly reader: Kysely<Tables>;

  /** The queries that are run often, compiled for this engine. */
  readonly statements: Statements;

  /**
   * Runs `work` in a transaction that no other write runs beside, and returns what it returns.
   * When the promise is fulfilled the change survives a power loss; when `work` throws nothing has changed.
   */
  write<Result>(work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result>;

  /**
   * A number that is another one whenever anything has been written since, by whatever process: what was read under the
   * same number still holds.
   */
  version(): number;

  /** Whether the error says that a unique index refused a row. */
  isUniqueViolation(error: unknown): boolean;

  /** Brings the tables up to date; returns the names of the migrations that ran. Throws NewerSchemaError. */
  migrate(): Promise<string[]>;

  /** Resolves when the database answers a read, and rejects when it does not. */
  ping(): Promise<void>;

  close(): Promise<void>;
}

/** What a person can put right about the database: said in one line, without a stack. */
export class DatabaseError extends Error {}
