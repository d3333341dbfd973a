import type { Expression, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Micros } from '../database/tables.ts';

// A hold is a lease: a run of deliveries holds a webhook, and a follower holds an account, for a limited time, so that only one
// process at a time works on it.

/**
 * Only rows that nobody holds. A `held_until` more than twice `hold` in the future does not count: it was written by a clock that was
 * ahead, and nobody would work on the row until then. Up to twice `hold` counts, because the clocks of instances differ.
 * @param hold The length of a hold.
 */
export function isFree(time: Micros, hold: Micros): Expression<SqlBool> {
  return sql`(held_until <= ${time} or held_until > ${time + 2 * hold})`;
}
