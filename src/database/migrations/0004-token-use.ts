import type { Kysely } from 'kysely';

/** Tokens can expire, and it is known when they were last used. */
export async function tokenUse(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('api_tokens').addColumn('expires_on', 'bigint').execute();
  await db.schema.alterTable('api_tokens').addColumn('last_used_on', 'bigint').execute();
}
