import type { ColumnBuilderCallback, CreateTableBuilder, Kysely } from 'kysely';
import type { Session } from '../database.ts';

type DataType = Parameters<CreateTableBuilder<string>['addColumn']>[1];

/** What differs between engines. */
export interface EngineTypes {
  /** A primary key that counts up by itself and never gives a number twice. */
  readonly identity: [DataType, ColumnBuilderCallback];
  /** Like `identity`, for rows of a workspace. It is the primary key unless the engine is distributed. */
  readonly rowId: [DataType, ColumnBuilderCallback];
  /** Text that is compared and sorted by its code points. */
  readonly key: DataType;
  /**
   * Whether the tables may be spread over several machines by their `workspace_id`. Every key of a workspace's rows must then
   * begin with it, also the primary key.
   */
  readonly distributed: boolean;
  /** Creates what the engine's `SearchIndex` needs in addition to the columns `search_key`. It has no entries yet. */
  createSearchIndexes(db: Kysely<unknown>): Promise<void>;
  /** Lets the engine's `SearchIndex` choose when the parts of its indexes are merged, where the engine would do it within a write. */
  endAutomaticMerges(db: Kysely<unknown>): Promise<void>;
}

/** Changes the tables. It runs in a transaction, and is never edited once it has been released. */
export type Migration = (db: Kysely<unknown>, types: EngineTypes, session: Session) => Promise<void>;
