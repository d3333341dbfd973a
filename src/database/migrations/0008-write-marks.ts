import type { Kysely } from 'kysely';
import type { EngineTypes } from './migration.ts';

/**
 * A workspace's row keeps the marks of its newest writes, by which a process finds out what became of a write whose connection
 * was lost: see postgres/writes.ts. An engine without connections needs none.
 */
export async function writeMarks(db: Kysely<unknown>, { distributed, key }: EngineTypes): Promise<void> {
  if (!distributed) return;
  await db.schema
    .alterTable('workspaces')
    .addColumn('write_marks', key, (column) => column.notNull().defaultTo(''))
    .execute();
}
