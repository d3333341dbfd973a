import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Each workspace keeps the lengths of its lists, so that a total costs the same however long a list is. */
export async function countsAndSearch(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('list_counts')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    // 0: the list of the whole workspace. Otherwise the id of the group whose campaigns are counted.
    .addColumn('parent_id', 'bigint', (column) => column.notNull())
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('is_archived', 'smallint', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('list_counts_key', ['workspace_id', 'parent_id', 'list', 'is_archived'])
    .execute();
  await sql`
    insert into list_counts (workspace_id, parent_id, list, is_archived, count)
    select workspace_id, 0, 'groups', 0, count(*) from groups
    where is_active = 1 and kind <> 'status' group by workspace_id
    union all
    select workspace_id, 0, 'campaigns', is_archived, count(*) from campaigns
    where is_active = 1 group by workspace_id, is_archived
    union all
    select workspace_id, group_id, 'campaigns', is_archived, count(*) from campaigns
    where is_active = 1 group by workspace_id, group_id, is_archived`.execute(db);
}
