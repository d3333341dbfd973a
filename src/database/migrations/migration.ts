import type { ColumnBuilderCallback, CreateTableBuilder, Kysely } from 'kysely';

type DataType = Parameters<CreateTableBuilder<string>['addColumn']>[1];

/** Column types that differ between engines. */
export interface EngineTypes {
  /** A primary key that counts up by itself and never gives a number twice. */
  readonly identity: [DataType, ColumnBuilderCallback];
  /** Text that is compared and sorted by its code points. */
  readonly key: DataType;
}

/** Changes the tables. It runs in a transaction, and is never edited once it has been released. */
export type Migration = (db: Kysely<unknown>, types: EngineTypes) => Promise<void>;
