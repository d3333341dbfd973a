import type { Expression, RawBuilder } from 'kysely';
import type { Queries, Slots } from './statements.ts';
import type { WorkspaceId } from './tables.ts';

/** The tables whose rows are found by words in their `search_key`. */
export const SEARCHED_TABLES = ['campaigns', 'groups'] as const;
export type SearchedTable = (typeof SEARCHED_TABLES)[number];

/** A search as the engine's index takes it: the values of a statement that uses it. Engines use different ones of them. */
export interface IndexSearch {
  /** What rows must have of themselves or, on SQLite, by their group. */
  readonly indexTerms: readonly string[];
  /** Patterns of which a row must match one of each list, if it is not in one of the groups of `indexGroups` there. */
  readonly indexGroupTerms?: readonly (readonly string[])[];
  readonly indexGroups?: readonly (readonly number[])[];
}

/** The slots of a statement that uses the index. */
export type CandidateSlots = Slots<IndexSearch> & { readonly workspace: RawBuilder<unknown> };

/** A pattern for `like` that matches texts containing the word. Wildcards in the word are escaped. */
export function containing(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/**
 * The way in which an engine finds rows by parts of words. The model always checks rows by their `search_key` as well, so
 * that candidates may contain too many rows, but never too few.
 */
export interface SearchIndex {
  /**
   * Whether the engine plans by the costs that it estimates, like PostgreSQL, and not much as a statement is written, like
   * SQLite. The model writes the statements of a search so that either reads little.
   */
  readonly plansByCost: boolean;

  /** Whether `searchFor` may find a way. Without it the list is read in its order. */
  mayNarrow(words: readonly string[]): boolean;

  /** The search for rows of the table with all these words. null when the index cannot narrow it. At most one statement. */
  searchFor(
    queries: Queries,
    table: SearchedTable,
    workspace: WorkspaceId,
    words: readonly string[],
  ): Promise<IndexSearch | null>;

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
