import type { Kysely } from 'kysely';

/** When a webhook's receiver last answered with success. What was delivered before this migration is not known. */
export async function webhookDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('webhooks').addColumn('delivered_on', 'bigint').execute();
}
