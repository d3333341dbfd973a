import type { Kysely } from 'kysely';

/** Each workspace counts the changes of its campaigns and groups. */
export async function workspaceRevisions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('workspaces')
    .addColumn('revision', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}
