import type { Expression, RawBuilder } from 'kysely';
import type { Queries, Slots } from './statements.ts';
import type { WorkspaceId } from './tables.ts';

/** The tables whose rows are found by words in their `search_key`. */
export const SEARCHED_TABLES = ['campaigns', 'groups'] as const;
export type SearchedTable = (typeof SEARCHED_TABLES)[number];

/** A search as the engine's index takes it: the values of a statement that uses it. */
export interface IndexSearch {
  readonly indexScope: string;
  readonly indexTerms: readonly string[];
}

/** The slots of a statement that uses the index. */
export type CandidateSlots = Slots<IndexSearch> & { readonly workspace: RawBuilder<unknown> };

/**
 * The way in which an engine finds rows by parts of words. An engine whose planner uses an index for `like '%word%'` by
 * itself needs none of this, and `searchFor` returns null. The model always checks rows by their `search_key` as well, so
 * that candidates may contain too many rows, but never too few.
 */
export interface SearchIndex {
  /** The search for rows with all these words. null when the index cannot narrow it, as with words that are too short. */
  searchFor(workspace: WorkspaceId, words: readonly string[]): IndexSearch | null;

  /**
   * A subquery with the ids, as `id`, of rows that may have all the words in their search key or in that of their group.
   * It has no more rows than `limit`; when it has as many, there may be more.
   */
  candidates(table: SearchedTable, slots: CandidateSlots, limit: Expression<number>): Expression<unknown>;

  /**
   * Brings the entries of rows up to date that were inserted, changed or deleted. Runs in the transaction that writes the
   * rows, and may take effect only at its end. Deleted groups stay, because archived campaigns may still be found by them.
   */
  refresh(queries: Queries, table: SearchedTable, ids: readonly number[]): Promise<void>;

  /** Enters all rows of a workspace anew, or of all workspaces. */
  rebuild(queries: Queries, table: SearchedTable, workspace?: WorkspaceId): Promise<void>;
}
