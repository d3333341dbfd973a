import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { EngineTypes } from './migration.ts';

/** The first tables. `workspace_id` leads every key below a workspace, so that a distributed engine can shard by it. */
export async function campaignTables(
  db: Kysely<unknown>,
  { identity, rowId, key, distributed }: EngineTypes,
): Promise<void> {
  await db.schema
    .createTable('workspaces')
    .addColumn('id', ...identity)
    .addColumn('uuid', key, (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('users')
    .addColumn('id', ...identity)
    .addColumn('email', key, (column) => column.notNull().unique())
    .addColumn('is_active', 'smallint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('memberships')
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    .addColumn('user_id', 'bigint', (column) => column.notNull().references('users.id'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('memberships_key', ['workspace_id', 'user_id'])
    .execute();
  await db.schema
    .createTable('api_tokens')
    .addColumn('id', ...identity)
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    .addColumn('user_id', 'bigint', (column) => column.notNull().references('users.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('key_hash', key, (column) => column.notNull().unique())
    .addColumn('is_active', 'smallint', (column) => column.notNull())
    .addColumn('created_on', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('groups')
    .addColumn('id', ...rowId)
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    .addColumn('uuid', key, (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', key, (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('is_system', 'smallint', (column) => column.notNull())
    .addColumn('query', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('contact_count', 'bigint', (column) => column.notNull())
    .addColumn('is_active', 'smallint', (column) => column.notNull())
    .addColumn('created_on', 'bigint', (column) => column.notNull())
    .$call((table) =>
      distributed
        ? table.addPrimaryKeyConstraint('groups_id', ['workspace_id', 'id'])
        : table.addUniqueConstraint('groups_id', ['workspace_id', 'id']),
    )
    .addUniqueConstraint('groups_uuid', ['workspace_id', 'uuid'])
    .execute();
  await db.schema
    .createTable('campaigns')
    .addColumn('id', ...rowId)
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    .addColumn('group_id', 'bigint', (column) => column.notNull())
    .addColumn('uuid', key, (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', key, (column) => column.notNull())
    .addColumn('is_archived', 'smallint', (column) => column.notNull())
    .addColumn('is_active', 'smallint', (column) => column.notNull())
    .addColumn('created_on', 'bigint', (column) => column.notNull())
    .addColumn('modified_on', 'bigint', (column) => column.notNull())
    .$call((table) => (distributed ? table.addPrimaryKeyConstraint('campaigns_id', ['workspace_id', 'id']) : table))
    .addUniqueConstraint('campaigns_uuid', ['workspace_id', 'uuid'])
    // The foreign key includes workspace_id, so that a campaign's group is always of the campaign's own workspace.
    .addForeignKeyConstraint('campaigns_group', ['workspace_id', 'group_id'], 'groups', ['workspace_id', 'id'])
    .execute();

  // Names are unique among rows that are not deleted. The index enforces this, so that of two simultaneous creates only one succeeds.
  await liveIndex(db, 'groups_name', 'groups', ['workspace_id', 'name_key']).unique().execute();
  await liveIndex(db, 'campaigns_name', 'campaigns', ['workspace_id', 'name_key']).unique().execute();

  // One index for each order of each list, so that a page is a range of an index however deep it lies.
  await liveIndex(db, 'groups_created', 'groups', ['workspace_id', 'created_on', 'id']).execute();
  await liveIndex(db, 'campaigns_created', 'campaigns', ['workspace_id', 'created_on', 'id']).execute();
  await liveIndex(db, 'campaigns_created_by_archived', 'campaigns', [
    'workspace_id',
    'is_archived',
    'created_on',
    'id',
  ]).execute();
  await liveIndex(db, 'campaigns_name_by_archived', 'campaigns', [
    'workspace_id',
    'is_archived',
    'name_key',
    'id',
  ]).execute();
  await liveIndex(db, 'campaigns_created_by_group', 'campaigns', [
    'workspace_id',
    'group_id',
    'created_on',
    'id',
  ]).execute();
  await liveIndex(db, 'campaigns_name_by_group', 'campaigns', ['workspace_id', 'group_id', 'name_key', 'id']).execute();
}

/** An index of the rows that are not deleted. */
function liveIndex(db: Kysely<unknown>, name: string, table: string, columns: string[]) {
  return db.schema.createIndex(name).on(table).columns(columns).where(sql.ref('is_active'), '=', sql.lit(1));
}
