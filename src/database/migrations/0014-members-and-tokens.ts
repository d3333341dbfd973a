import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { foldName } from '../../encoding/fold.ts';
import type { EngineTypes } from './migration.ts';

/** How many rows one statement writes. */
const CHUNK = 500;

interface OldMembership {
  readonly workspace_id: number;
  readonly user_id: number;
  readonly role: string;
  readonly email: string;
  readonly created_on: number | null;
}

/**
 * Members and tokens are listed and changed like campaigns: they get a UUID and a revision, and members also get a creation time. For
 * existing members it is that of their first token, or the time of the migration when they have none. Tokens can allow less than
 * their member may do.
 */
export async function membersAndTokens(db: Kysely<unknown>, { identity, key }: EngineTypes): Promise<void> {
  await db.schema.alterTable('memberships').renameTo('old_memberships').execute();
  await db.schema
    .createTable('memberships')
    .addColumn('id', ...identity)
    .addColumn('workspace_id', 'bigint', (column) => column.notNull().references('workspaces.id'))
    .addColumn('uuid', key, (column) => column.notNull())
    .addColumn('user_id', 'bigint', (column) => column.notNull().references('users.id'))
    .addColumn('email_key', key, (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('is_active', 'smallint', (column) => column.notNull())
    .addColumn('created_on', 'bigint', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull().defaultTo(0))
    .addUniqueConstraint('memberships_uuid', ['workspace_id', 'uuid'])
    .execute();
  const { rows } = await sql<OldMembership>`
    select old_memberships.workspace_id, old_memberships.user_id, role, users.email,
      (select min(created_on) from api_tokens
       where api_tokens.workspace_id = old_memberships.workspace_id and api_tokens.user_id = old_memberships.user_id)
      as created_on
    from old_memberships join users on users.id = old_memberships.user_id
    order by old_memberships.workspace_id, old_memberships.user_id`.execute(db);
  const migratedOn = Date.now() * 1000;
  for (let start = 0; start < rows.length; start += CHUNK) {
    const values = rows.slice(start, start + CHUNK).map(({ email, created_on, ...row }) => {
      const columns = [row.workspace_id, randomUUID(), row.user_id, foldName(email), row.role, 1];
      return sql`(${sql.join([...columns, created_on ?? migratedOn])})`;
    });
    await sql`
      insert into memberships (workspace_id, uuid, user_id, email_key, role, is_active, created_on)
      values ${sql.join(values)}`.execute(db);
  }
  await db.schema.dropTable('old_memberships').execute();

  await db.schema
    .alterTable('api_tokens')
    .addColumn('uuid', key, (column) => column.notNull().defaultTo(''))
    .execute();
  await db.schema.alterTable('api_tokens').addColumn('max_role', 'text').execute();
  await db.schema
    .alterTable('api_tokens')
    .addColumn('revision', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  const tokens = (await sql<{ id: number }>`select id from api_tokens order by id`.execute(db)).rows;
  for (let start = 0; start < tokens.length; start += CHUNK) {
    const named = tokens.slice(start, start + CHUNK).map(({ id }) => sql`(${sql.lit(Number(id))}, ${randomUUID()})`);
    await sql`
      update api_tokens set uuid = named.column2
      from (values ${sql.join(named)}) as named where id = named.column1`.execute(db);
  }

  const live: readonly (readonly [name: string, table: string, columns: readonly string[]])[] = [
    ['memberships_created', 'memberships', ['created_on', 'id']],
    ['memberships_email', 'memberships', ['email_key', 'id']],
    ['api_tokens_created', 'api_tokens', ['created_on', 'id']],
    ['api_tokens_created_by_user', 'api_tokens', ['user_id', 'created_on', 'id']],
  ];
  for (const [name, table, columns] of live) {
    await db.schema
      .createIndex(name)
      .on(table)
      .columns(['workspace_id', ...columns])
      .where(sql.ref('is_active'), '=', sql.lit(1))
      .execute();
  }
  // A user has at most one active membership in a workspace. A member who has left can come back.
  await db.schema
    .createIndex('memberships_user')
    .on('memberships')
    .columns(['workspace_id', 'user_id'])
    .unique()
    .where(sql.ref('is_active'), '=', sql.lit(1))
    .execute();
  await db.schema.createIndex('api_tokens_uuid').on('api_tokens').columns(['workspace_id', 'uuid']).unique().execute();
}
