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

/** No rows: for a condition that is known beforehand to match none. */
export const matchesNothing = sql<SqlBool>`1 = 0`;

/** Only rows whose folded name contains the text, without regard to case. Wildcards in it are plain characters. */
export function containing(column: string, text: string) {
  const key = lookupKey(text);
  if (key === null) return matchesNothing;
  const pattern = `%${key.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`;
}
