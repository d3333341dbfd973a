import type { Expression, RawBuilder } from 'kysely';
import type { Queries, Slots } from './statements.ts';
import type { WorkspaceId } from './tables.ts';

/** The tables whose rows are found by words in their `search_key`. */
export const SEARCHED_TABLES = ['campaigns', 'groups'] as const;
export type SearchedTable = (typeof SEARCHED_TABLES)[number];

/**
 * The condition for rows that have an entry; null: all rows have one. Deleted groups do, because archived campaigns are still found by
 * the names of their groups.
 */
export const ENTERED: Readonly<Record<SearchedTable, string | null>> = { campaigns: 'is_active = 1', groups: null };

/** How many letters there are in the pieces of words that the engines' indexes hold. */
export const TRIGRAM = 3;

/** A search in the form that the engine's index needs: values for the slots of a statement. Each engine uses some of them. */
export interface IndexSearch {
  /** One term for each word. A row must match each term itself; on SQLite its group may match instead. */
  readonly indexTerms: readonly string[];
  /** Lists of patterns. For each list, a row must match one of its patterns, or be in a group of `indexGroups` at the same index. */
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
 * The way in which an engine finds rows by parts of words. The candidates that it finds may be too many rows, but never too few,
 * because the model always checks the `search_key` of each row as well.
 */
export interface SearchIndex {
  /**
   * true: the engine plans by estimated costs, like PostgreSQL. false: its plan mostly follows the way in which the statement is
   * written, like SQLite. The model writes the statements of a search so that each engine reads little.
   */
  readonly plansByCost: boolean;

  /** Whether `searchFor` may return a search for these words. If not, the list is read in its order. */
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
   * It has at most `limit` rows. When it has `limit` rows, there may be more candidates.
   */
  candidates(table: SearchedTable, slots: CandidateSlots, limit: Expression<number>): Expression<unknown>;

  /**
   * Updates the entries of rows that were inserted, changed or deleted. Runs in the transaction that writes the rows, and may take
   * effect only at its end. Deleted groups keep their entries, because archived campaigns may still be found by them.
   */
  refresh(queries: Queries, table: SearchedTable, ids: readonly number[]): Promise<void>;

  /** Rebuilds the entries of all rows of a workspace, or of all workspaces when none is given. */
  rebuild(queries: Queries, table: SearchedTable, workspace?: WorkspaceId): Promise<void>;
}
