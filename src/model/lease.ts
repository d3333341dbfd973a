import type { Expression, SqlBool } from 'kysely';
import { sql } from 'kysely';
import type { Micros } from '../database/tables.ts';

// A run of deliveries leases a webhook, and a follower leases an account, for a limited time, so that only one process at a time
// works on it.

/** The columns of a row that is not leased. */
export const NO_LEASE = { holder: null, held_until: 0 } as const;

/**
 * Only rows that are not leased. A lease that ends more than twice `duration` from now does not count: it was written by a clock that
 * was ahead. Up to twice counts, because the clocks of instances differ.
 * @param duration How long a lease lasts.
 */
export function isFree(time: Micros, duration: Micros): Expression<SqlBool> {
  return hasCome('held_until', time, 2 * duration);
}

/**
 * Only rows whose time has come. A time that is further in the future than it can be does not count: it was written by a clock that
 * was ahead, and nobody would work on the row until then.
 * @param longest How far in the future the time can be.
 */
export function hasCome(column: string, time: Micros, longest: Micros): Expression<SqlBool> {
  return sql`(${sql.ref(column)} <= ${time} or ${sql.ref(column)} > ${time + longest})`;
}
