import type { SqlBool } from 'kysely';
import { sql } from 'kysely';
import { lookupKey } from './names.ts';

/**
 * Only rows that are not deleted. The 1 is written out and not bound, because a partial index is used only where its
 * own condition stands in the query.
 */
export function live(column: string) {
  return sql<SqlBool>`${sql.ref(column)} = 1`;
}

/**
 * What folded names that contain the text are like, for `like`; null when none can. Wildcards in the text are plain
 * characters.
 */
export function containing(text: string): string | null {
  const key = lookupKey(text);
  return key === null ? null : `%${key.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** Only rows whose column is like the pattern. */
export function like(column: string, pattern: string) {
  return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`;
}
