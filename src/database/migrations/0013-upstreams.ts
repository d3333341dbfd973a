import type { Kysely } from 'kysely';
import type { EngineTypes } from './migration.ts';

/** The accounts that workspaces are a mirror of, and what was written through to them lately: see tables.ts. */
export async function upstreamTables(db: Kysely<unknown>, { key }: EngineTypes): Promise<void> {
  await db.schema
    .createTable('upstreams')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('problem', 'text')
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('last_contact_on', 'bigint')
    .addColumn('complete_as_of', 'bigint')
    .addColumn('retry_on', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('requests_allowed', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('requests_made', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('progress', 'text', (column) => column.notNull())
    .addColumn('holder', 'text')
    .addColumn('held_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('upstreams_key', ['workspace_id'])
    .execute();
  await db.schema
    .createTable('upstream_writes')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull())
    .addColumn('uuid', key, (column) => column.notNull())
    .addColumn('written_on', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('upstream_writes_key', ['workspace_id', 'uuid', 'written_on'])
    .execute();
}
