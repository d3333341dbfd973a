import type { Expression, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Micros } from '../database/tables.ts';

// A run of deliveries holds a webhook for a time, and a follower an account, so that one process at a time works on it.

/**
 * Only rows that nobody holds. A clock that was ahead and has been set back may have left a `held_until` that is far in the future, and
 * nothing would be done until then: a hold that is longer than holds are does not count. Twice as long is still believed, because
 * the clocks of instances differ.
 * @param hold For how long a row is held at once.
 */
export function isFree(time: Micros, hold: Micros): Expression<SqlBool> {
  return sql`(held_until <= ${time} or held_until > ${time + 2 * hold})`;
}
