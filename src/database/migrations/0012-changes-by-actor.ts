import type { Kysely } from 'kysely';

/** The changes of one user, in their order. */
export async function changesByActor(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('changes_by_actor')
    .on('changes')
    .columns(['workspace_id', 'user_email', 'revision'])
    .execute();
}
