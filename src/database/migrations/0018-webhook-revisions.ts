import type { Kysely } from 'kysely';

/** Counts the changes of a webhook's settings, so that one who has not seen the last of them does not overwrite it. */
export async function webhookRevisions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('webhooks')
    .addColumn('settings_revision', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
}
