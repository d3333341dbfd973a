import type { Expression, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Micros } from '../database/tables.ts';

// A hold is a lease: a run of deliveries holds a webhook, and a follower holds an account, for a limited time, so that only one
// process at a time works on it.

/**
 * Only rows that nobody holds. Up to twice `hold` counts, because the clocks of instances differ.
 * @param hold The length of a hold.
 */
export function isFree(time: Micros, hold: Micros): Expression<SqlBool> {
  return hasCome('held_until', time, 2 * hold);
}

/**
 * Only rows whose time has come. A time that is further in the future than it can be does not count: it was written by a clock that
 * was ahead, and nobody would work on the row until then.
 * @param longest How far in the future the time can be.
 */
export function hasCome(column: string, time: Micros, longest: Micros): Expression<SqlBool> {
  return sql`(${sql.ref(column)} <= ${time} or ${sql.ref(column)} > ${time + longest})`;
}
