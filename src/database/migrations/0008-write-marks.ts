import type { Kysely } from 'kysely';
import type { EngineTypes } from './migration.ts';

/**
 * A workspace's row keeps the marks of its newest writes. A process uses them to find out whether a write was committed when its
 * connection was lost: see postgres/writes.ts. SQLite needs none, because it has no connection that can be lost.
 */
export async function writeMarks(db: Kysely<unknown>, { distributed, key }: EngineTypes): Promise<void> {
  if (!distributed) return;
  await db.schema
    .alterTable('workspaces')
    .addColumn('write_marks', key, (column) => column.notNull().defaultTo(''))
    .execute();
}
