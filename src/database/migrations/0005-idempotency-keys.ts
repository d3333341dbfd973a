import type { Kysely } from 'kysely';
import type { EngineTypes } from './migration.ts';

/** The results of writes whose requests had an idempotency key: see model/idempotent-writes.ts. */
export async function idempotencyKeys(db: Kysely<unknown>, { key }: EngineTypes): Promise<void> {
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    .addColumn('key_hash', key, (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('created_on', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_key', ['workspace_id', 'key_hash'])
    .execute();
  await db.schema
    .createIndex('idempotency_keys_created')
    .on('idempotency_keys')
    .columns(['workspace_id', 'created_on'])
    .execute();
}
