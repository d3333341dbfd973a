import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Micros } from '../database/tables.ts';
import { live } from './conditions.ts';
import { MAX_CLOCK_STEP, now } from './time.ts';

/** The values of `creationTime` in a statement. */
export function creationTimes(): { earliest: Micros; latest: Micros } {
  const earliest = now();
  return { earliest, latest: earliest + MAX_CLOCK_STEP };
}

/**
 * The creation time for a new row: now (`earliest`), but not before the newest row of its workspace. So the new row is the newest
 * one, even if another process, or this one before a restart, had a clock that was ahead. Rows after `latest` are ignored, because all
 * later rows would otherwise get the date of one row that is far in the future. The arguments are values or slots.
 */
export function creationTime(
  table: 'campaigns' | 'groups' | 'memberships' | 'api_tokens',
  { workspace, earliest, latest }: Record<'workspace' | 'earliest' | 'latest', unknown>,
): RawBuilder<never> {
  return sql`coalesce((
    select max(created_on) from ${sql.table(table)}
    where workspace_id = ${workspace} and ${live('is_active')} and created_on between ${earliest} and ${latest}
  ), ${earliest})`;
}
