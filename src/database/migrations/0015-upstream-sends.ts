import type { Kysely } from 'kysely';
import type { EngineTypes } from './migration.ts';

/** The writes that are under way to the accounts that workspaces are a mirror of: see tables.ts. */
export async function upstreamSends(db: Kysely<unknown>, { key }: EngineTypes): Promise<void> {
  await db.schema
    .createTable('upstream_sends')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull())
    .addColumn('target', key, (column) => column.notNull())
    .addColumn('sent_on', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('upstream_sends_key', ['workspace_id', 'target', 'sent_on'])
    .execute();
}
