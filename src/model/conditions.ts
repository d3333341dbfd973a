import type { Expression, RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { containing } from '../database/search-index.ts';
import { searchWords } from './names.ts';

/** A condition on a column, for the slot of its value. */
type Condition = (slot: RawBuilder<unknown>) => Expression<SqlBool>;

/**
 * Only rows that are not deleted. The 1 is a literal and not a parameter, because an engine uses a partial index only
 * when the query contains the index's own condition.
 */
export function live(column: string): Expression<SqlBool> {
  return sql`${sql.ref(column)} = 1`;
}

/** Only rows whose column has the value. */
export function equals(column: string): Condition {
  return (slot) => sql`${sql.ref(column)} = ${slot}`;
}

/** Only rows whose column has one of the values. */
export function oneOf(column: string): (slots: readonly RawBuilder<unknown>[]) => Expression<SqlBool> {
  return (slots) => sql`${sql.ref(column)} in (${sql.join(slots)})`;
}

/** Only rows whose column is like a pattern, such as `containing` makes. */
export function like(column: string): Condition {
  return (slot) => sql`${sql.ref(column)} like ${slot} escape '\\'`;
}

/** Only rows that meet the condition for each of the values. */
export function each(condition: Condition): (slots: readonly RawBuilder<unknown>[]) => Expression<SqlBool> {
  return (slots) => sql`(${sql.join(slots.map(condition), sql` and `)})`;
}

/**
 * The patterns of a search, one for each word. Returns undefined when the search has no words, and null when nothing can match.
 *
 * @param fold How the compared column is folded. The default is the folding for search.
 */
export function searchPatterns(
  search: string | undefined,
  fold?: (text: string) => string,
): readonly string[] | undefined | null {
  const words = search === undefined ? [] : searchWords(search, fold);
  return words?.length === 0 ? undefined : (words?.map(containing) ?? null);
}
