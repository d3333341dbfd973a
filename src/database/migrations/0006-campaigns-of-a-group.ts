import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/**
 * Lists of a group's campaigns leave out archived ones by default. With these indexes they do not read the archived campaigns, which
 * can be many times as many as those that they show.
 */
export async function campaignsOfAGroup(db: Kysely<unknown>): Promise<void> {
  for (const order of ['created', 'name']) {
    await db.schema
      .createIndex(`campaigns_${order}_by_group_and_archived`)
      .on('campaigns')
      .columns(['workspace_id', 'group_id', 'is_archived', order === 'created' ? 'created_on' : 'name_key', 'id'])
      .where(sql.ref('is_active'), '=', sql.lit(1))
      .execute();
  }
}
