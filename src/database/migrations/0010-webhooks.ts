import type { Kysely } from 'kysely';
import type { EngineTypes } from './migration.ts';

/** The receivers of changes, and what could not be delivered to them: see tables.ts. */
export async function webhookTables(db: Kysely<unknown>, { key }: EngineTypes): Promise<void> {
  await db.schema
    .createTable('webhooks')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    .addColumn('uuid', key, (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', key, (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('previous_secret', 'text')
    .addColumn('previous_until', 'bigint')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('created_on', 'bigint', (column) => column.notNull())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('failing_since', 'bigint')
    .addColumn('retry_on', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('last_error', 'text')
    .addColumn('holder', 'text')
    .addColumn('held_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('webhooks_key', ['workspace_id', 'uuid'])
    .execute();
  await db.schema.createIndex('webhooks_name').on('webhooks').columns(['workspace_id', 'name_key']).unique().execute();
  await db.schema
    .createTable('webhook_failures')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull())
    .addColumn('webhook_uuid', key, (column) => column.notNull())
    .addColumn('failed_on', 'bigint', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('status', 'integer')
    .addColumn('error', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('webhook_failures_key', ['workspace_id', 'webhook_uuid', 'failed_on'])
    .execute();
}
