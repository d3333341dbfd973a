import { sql } from 'kysely';
import type { SearchIndex } from '../search-index.ts';

/** Makes what the search index needs: nothing, because the model compares rows with the words by itself. */
export async function createSearchIndexes(): Promise<void> {}

/** The search of PostgreSQL: no index narrows it, and the model compares the rows of a list with the words. */
export const searchIndex: SearchIndex = {
  searchFor: () => null,
  candidates: () => sql`select 0 as id where false`,
  refresh: async () => {},
  rebuild: async () => {},
};
