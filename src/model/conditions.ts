import type { Expression, RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { lookupKey } from './names.ts';

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

/** Only rows whose column is like the pattern that `containing` makes. */
export function like(column: string): Condition {
  return (slot) => sql`${sql.ref(column)} like ${slot} escape '\\'`;
}

/**
 * A pattern for `like` that matches folded names containing the text; null when no name can contain it. Wildcards in the
 * text are escaped.
 */
export function containing(text: string): string | null {
  const key = lookupKey(text);
  return key === null ? null : `%${key.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
