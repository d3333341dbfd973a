import type { Kysely } from 'kysely';

/** An index of the changes of one user and one kind, in their order. A query for a few of a user's many changes then need not read all. */
export async function changesByActor(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('changes_by_actor')
    .on('changes')
    .columns(['workspace_id', 'user_email', 'type', 'action', 'revision'])
    .execute();
}
