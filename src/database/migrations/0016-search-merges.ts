import type { Kysely } from 'kysely';
import type { EngineTypes } from './migration.ts';

/**
 * From now on the search index itself merges the parts that writes have added. An earlier release never would, and its searches would
 * become slower with each write. This migration keeps it from writing.
 */
export async function searchMerges(db: Kysely<unknown>, types: EngineTypes): Promise<void> {
  await types.endAutomaticMerges(db);
}
