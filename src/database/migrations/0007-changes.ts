import type { Kysely } from 'kysely';
import type { EngineTypes } from './migration.ts';

/**
 * Each change of a campaign or a group is a row. The changes of a workspace are numbered without gaps. Existing campaigns and groups
 * get the revision 0, because their changes were not recorded.
 */
export async function changesTable(db: Kysely<unknown>, { key }: EngineTypes): Promise<void> {
  await db.schema
    .createTable('changes')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('changed_on', 'bigint', (column) => column.notNull())
    .addColumn('action', key, (column) => column.notNull())
    .addColumn('type', key, (column) => column.notNull())
    .addColumn('uuid', key, (column) => column.notNull())
    .addColumn('fields', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('user_email', key)
    .addColumn('token_name', 'text')
    .addPrimaryKeyConstraint('changes_key', ['workspace_id', 'revision'])
    .execute();
  // Indexes of the changes of one object, and of the changes of one kind, in their order.
  const indexes = { changes_by_object: ['uuid'], changes_by_kind: ['type', 'action'] };
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema
      .createIndex(name)
      .on('changes')
      .columns(['workspace_id', ...columns, 'revision'])
      .execute();
  }
  // It has one row: see feed.ts.
  await db.schema
    .createTable('feed')
    .addColumn('id', 'smallint', (column) => column.primaryKey())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .execute();
  for (const table of ['campaigns', 'groups']) {
    await db.schema
      .alterTable(table)
      .addColumn('revision', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
  }
}
