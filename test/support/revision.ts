import type { Database } from '../../src/database/database.ts';

/** The number of changes that a workspace has had. */
export async function revisionOf(of: Database, workspace: number): Promise<number> {
  const { revision } = await of.reader.db
    .selectFrom('workspaces')
    .select('revision')
    .where('id', '=', workspace as never)
    .executeTakeFirstOrThrow();
  return revision;
}
