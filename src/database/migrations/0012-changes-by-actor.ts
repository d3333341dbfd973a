import type { Kysely } from 'kysely';

/** The changes of one user and one kind, in their order, so that one who has made many is asked for few without reading all. */
export async function changesByActor(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('changes_by_actor')
    .on('changes')
    .columns(['workspace_id', 'user_email', 'type', 'action', 'revision'])
    .execute();
}
